/** The monitor as the monitoring lesson leaves it: Prometheus scrapes the trio through one exporter. */
import type { PrepareTools } from '#checking/lesson.ts';

export async function startMonitoring(tools: PrepareTools): Promise<void> {
  tools.say('Starting Prometheus and the Redis exporter');
  await tools.run('monitor', start, { input: prometheusConfig });
}

const start = `
set -e
cat > /etc/prometheus/prometheus.yml
echo 'ARGS="-redis.addr="' > /etc/default/prometheus-redis-exporter
systemctl enable --now prometheus-redis-exporter prometheus
`;

const prometheusConfig = `global:
  scrape_interval: 5s
  evaluation_interval: 5s

scrape_configs:
  - job_name: redis
    metrics_path: /scrape
    static_configs:
      - targets:
          - redis://redis-1:6379
          - redis://redis-2:6379
          - redis://redis-3:6379
    relabel_configs:
      - source_labels: [__address__]
        target_label: __param_target
      - source_labels: [__param_target]
        target_label: instance
      - target_label: __address__
        replacement: localhost:9121
`;
