// Runs before the first paint: the reader's theme, if one was chosen, and the mark that scripts run.
try {
  const theme = localStorage.getItem('clinic:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed to us: the system's theme is used.
}
document.documentElement.dataset.script = 'on';
