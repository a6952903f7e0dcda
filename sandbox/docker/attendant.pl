# The attendant of a host: runs commands and dials ports there for the platform, many at once, over its standard input
# and output. A process that the engine starts costs fifty times what one costs that is started from here.
#
# Frames: kind (1 byte), number of the task (32 bit), length (32 bit), payload. Those that come in:
#   x  a command: user, number of environment variables, these, and the words, with NUL between them
#   c  a connection: the port and the addresses to try, with NUL between them
#   d  data for the task (one such frame at a time: the next after an a) · e  no more of it
#   p  send no more of its output for now · g  go on · k  end it
# and those that go out (after a first one, h, which says that the attendant is there):
#   o  connected · n  not connected, and why · d  output · f  error output · a  the data was taken
#   e  a connection has no more output · s  a command's exit status: it is over
#
# No modules, not even strict: a learner is root here and could change them. Perl itself is watched by the engine.

my ($AF_INET, $SOCK_STREAM, $SOL_SOCKET, $SO_ERROR) = (2, 1, 1, 4);
my ($F_SETFL, $O_NONBLOCK, $WNOHANG) = (4, 04000, 1);
my ($EINTR, $EAGAIN, $EINPROGRESS) = (4, 11, 115);
my $chunk = 65536;
# Seconds that a command which has ended is given for output of processes that it left behind.
my $afterwards = 1;

$0 = 'clinic-attendant';
# Whoever is root in this host may not look into this process or speak in its place: with PR_SET_DUMPABLE 0 the kernel
# asks for a capability that no host has.
my $prctl = {x86_64 => 157, aarch64 => 167}->{`/usr/bin/uname -m` =~ s/\s//gr};
syscall $prctl, 4, 0, 0, 0, 0 if $prctl;

my %tasks;
my %task_of_process;
pipe my $ended, my $tell_ended;
$SIG{CHLD} = sub { syswrite $tell_ended, 'x' };
$SIG{PIPE} = 'IGNORE';
unblocking($_) for $ended, $tell_ended;

sub unblocking { fcntl $_[0], $F_SETFL, $O_NONBLOCK }

sub send_frame {
  my ($kind, $number, $payload) = @_;
  my $bytes = pack('aNN', $kind, $number, length $payload) . $payload;
  while (length $bytes) {
    my $written = syswrite STDOUT, $bytes;
    if (defined $written) { substr($bytes, 0, $written) = '' }
    # The end of a process interrupts a write that waits.
    elsif ($! != $EINTR) { leave() }
  }
}

# Nobody waits for an answer any more: what was asked for ends, too.
sub leave {
  kill 'KILL', map { -$_ } keys %task_of_process;
  exit;
}

sub run {
  my ($number, $user, $count, @rest) = @_;
  my @environment = splice @rest, 0, $count;
  pipe my $stdin, my $in;
  pipe my $out, my $stdout;
  pipe my $err, my $stderr;
  my $pid = fork;
  unless (defined $pid) {
    send_frame('f', $number, "no process can be started: $!\n");
    return send_frame('s', $number, 126);
  }
  become($user, \@environment, \@rest, $stdin, $stdout, $stderr) if $pid == 0;
  setpgrp $pid, $pid;
  unblocking($in);
  $tasks{$number} = {number => $number, pid => $pid, in => $in, out => $out, err => $err};
  $task_of_process{$pid} = $tasks{$number};
}

sub become {
  my ($user, $environment, $words, $stdin, $stdout, $stderr) = @_;
  $SIG{PIPE} = $SIG{CHLD} = 'DEFAULT';
  open STDIN, '<&', $stdin;
  open STDOUT, '>&', $stdout;
  open STDERR, '>&', $stderr;
  setpgrp 0, 0;
  my (undef, undef, $uid, $gid) = getpwnam $user;
  if (defined $uid) {
    my @groups = ($gid);
    while (my (undef, undef, $id, $members) = getgrent) { push @groups, $id if grep { $_ eq $user } split ' ', $members }
    $) = "$gid @groups";
    $( = $gid;
    ($<, $>) = ($uid, $uid);
    %ENV = map { split /=/, $_, 2 } @$environment;
    exec {$words->[0]} @$words;
  }
  syswrite STDERR, defined $uid ? "$words->[0]: $!\n" : "there is no user $user\n";
  exit 127;
}

sub dial {
  my ($number, $port, @addresses) = @_;
  my $why = 'no address';
  while (defined(my $address = shift @addresses)) {
    socket my $socket, $AF_INET, $SOCK_STREAM, 0;
    unblocking($socket);
    my $task = {number => $number, in => $socket, out => $socket, port => $port, addresses => [@addresses]};
    $tasks{$number} = $task;
    return connected($task) if connect $socket, pack 'S n C4 x8', $AF_INET, $port, split /\./, $address;
    return $task->{connecting} = 1 if $! == $EINPROGRESS;
    $why = "$!";
  }
  delete $tasks{$number};
  send_frame('n', $number, $why);
}

sub connected { send_frame('o', $_[0]{number}, '') }

sub settle_connection {
  my ($task) = @_;
  delete $task->{connecting};
  $! = unpack 'i', getsockopt $task->{in}, $SOL_SOCKET, $SO_ERROR;
  return connected($task) unless $!;
  my $why = "$!";
  return dial($task->{number}, $task->{port}, @{$task->{addresses}}) if @{$task->{addresses}};
  delete $tasks{$task->{number}};
  send_frame('n', $task->{number}, $why);
}

sub write_on {
  my ($task) = @_;
  my $written = defined $task->{in} ? syswrite $task->{in}, $task->{unwritten} : undef;
  if (defined $written) { substr($task->{unwritten}, 0, $written) = '' }
  # Nobody reads it any more.
  elsif (not defined $task->{in} or $! != $EAGAIN) { $task->{unwritten} = '' }
  return if length $task->{unwritten};
  send_frame('a', $task->{number}, '');
  end_input($task) if $task->{no_more};
}

sub end_input {
  my ($task) = @_;
  if ($task->{pid}) { close delete $task->{in} if $task->{in} }
  else { shutdown $task->{in}, 1 }
}

sub read_on {
  my ($task, $end, $kind) = @_;
  my $read = sysread $task->{$end}, my $bytes, $chunk;
  return send_frame($kind, $task->{number}, $bytes) if $read;
  return if not defined $read and $! == $EAGAIN;
  if ($task->{pid}) { close delete $task->{$end} }
  else {
    delete $task->{out};
    send_frame('e', $task->{number}, '');
  }
}

sub take {
  my ($kind, $number, $payload) = @_;
  return run($number, split /\0/, $payload, -1) if $kind eq 'x';
  return dial($number, split /\0/, $payload) if $kind eq 'c';
  my $task = $tasks{$number} or return;
  if ($kind eq 'd') { $task->{unwritten} = $payload; write_on($task) }
  elsif ($kind eq 'e') { $task->{no_more} = 1; end_input($task) unless length $task->{unwritten} }
  elsif ($kind eq 'p') { $task->{paused} = 1 }
  elsif ($kind eq 'g') { delete $task->{paused} }
  elsif ($kind eq 'k') {
    kill 'KILL', -$task->{pid} if $task->{pid};
    delete $tasks{$number};
  }
}

sub reap {
  sysread $ended, my $bytes, $chunk;
  while ((my $pid = waitpid -1, $WNOHANG) > 0) {
    my $task = delete $task_of_process{$pid} or next;
    $task->{status} = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    $task->{over} = time + $afterwards;
  }
}

sub finish {
  my ($task) = @_;
  return unless defined $task->{status} and not $task->{paused};
  return if ($task->{out} or $task->{err}) and time <= $task->{over};
  delete $tasks{$task->{number}};
  send_frame('s', $task->{number}, $task->{status});
}

send_frame('h', 0, '');
my $pending = '';
while (1) {
  my ($reads, $writes) = ('', '');
  vec($reads, fileno $_, 1) = 1 for \*STDIN, $ended;
  for my $task (values %tasks) {
    vec($writes, fileno $task->{in}, 1) = 1 if $task->{connecting} or $task->{in} and length $task->{unwritten};
    next if $task->{connecting} or $task->{paused};
    vec($reads, fileno $_, 1) = 1 for grep { $_ } @$task{'out', 'err'};
  }
  # The end of a process may be told in the moment before the wait begins: look again in a second.
  my $found = select $reads, $writes, undef, %task_of_process || grep({ defined $_->{status} } values %tasks) ? 1 : undef;
  ($reads, $writes) = ('', '') if $found < 0;
  for my $task (values %tasks) {
    if ($task->{in} and vec $writes, fileno $task->{in}, 1) {
      if ($task->{connecting}) { settle_connection($task); next }
      write_on($task);
    }
    next if $task->{connecting};
    read_on($task, 'out', 'd') if $task->{out} and vec $reads, fileno $task->{out}, 1;
    read_on($task, 'err', 'f') if $task->{err} and vec $reads, fileno $task->{err}, 1;
  }
  if (vec $reads, fileno STDIN, 1) {
    sysread(STDIN, my $bytes, $chunk) or leave();
    $pending .= $bytes;
    while (length $pending >= 9) {
      my ($kind, $number, $length) = unpack 'aNN', $pending;
      last if length $pending < 9 + $length;
      my $payload = substr $pending, 9, $length;
      substr($pending, 0, 9 + $length) = '';
      take($kind, $number, $payload);
    }
  }
  reap();
  finish($_) for values %tasks;
}
__END__
