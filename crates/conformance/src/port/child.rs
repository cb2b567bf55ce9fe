//! One child process with three non-blocking pipes, served by one thread.
//!
//! In: a command, bytes for its standard input. Out: the lines of its standard output, the end of its standard error, and
//! how it ended. Nothing here blocks for longer than the caller allows, whatever the child does. Layer: `port`; children.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::lines::{LineBuffer, Tail};

/// Between two looks at the child's health, and the longest wait in one turn.
pub(super) const TICK: Duration = Duration::from_millis(50);

/// Standard error that is kept.
const STDERR_BYTES_KEPT: usize = 64 << 10;

/// Read in one turn before anything else gets its turn.
const TURN_BYTES_MAX: usize = 1 << 20;

/// From the end of its output to the end of a process that is ending.
const EXIT_GRACE: Duration = Duration::from_millis(500);

/// How a child ended, or why it is of no more use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Exited by itself.
    Exited {
        /// The exit code.
        code: i32,
    },
    /// A signal ended it.
    Signalled {
        /// The signal's number.
        signal: i32,
    },
    /// Closed its standard output and lives on.
    ClosedOutput,
    /// Closed its standard input before it had read all requests.
    ClosedInput,
    /// Wrote a line above the protocol's length.
    LineTooLong,
    /// Took more memory than its manifest allows.
    TooMuchMemory {
        /// What was resident, MiB.
        found_mib: u64,
        /// The limit, MiB.
        limit_mib: u64,
    },
    /// A pipe failed.
    Broken {
        /// The system's words.
        why: String,
    },
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exited { code } => write!(f, "exited with code {code}"),
            Self::Signalled { signal } => match signal_hook::low_level::signal_name(*signal) {
                Some(name) => write!(f, "was killed by {name}"),
                None => write!(f, "was killed by signal {signal}"),
            },
            Self::ClosedOutput => f.write_str("closed its standard output"),
            Self::ClosedInput => f.write_str("closed its standard input"),
            Self::LineTooLong => f.write_str("wrote a line longer than 16 MiB"),
            Self::TooMuchMemory { found_mib, limit_mib } => {
                write!(f, "used {found_mib} MiB of memory; the limit is {limit_mib} MiB")
            }
            Self::Broken { why } => write!(f, "lost its pipe: {why}"),
        }
    }
}

/// A running child and its pipes. Dropping it ends its whole process group.
pub(super) struct Child {
    process: std::process::Child,
    group: Pid,
    stdin: Option<ChildStdin>,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    outgoing: Vec<u8>,
    written: usize,
    closes_input: bool,
    incoming: LineBuffer,
    stderr_tail: Tail,
    memory_mib_max: u64,
    looked: Instant,
    buffer: Vec<u8>,
}

impl Child {
    /// Starts the command in its own process group, in the folder.
    pub(super) fn spawn(command: &[String], folder: &Path, memory_mib_max: u64) -> io::Result<Self> {
        let Some((program, arguments)) = command.split_first() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the command is empty"));
        };
        // A path is meant from the port's folder; a bare name is looked up in PATH.
        let program = if program.contains('/') { folder.join(program) } else { program.into() };
        let mut process = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let (stdin, stdout, stderr) = (process.stdin.take(), process.stdout.take(), process.stderr.take());
        let child = Self {
            group: Pid::from_child(&process),
            process,
            stdin,
            stdout,
            stderr,
            outgoing: Vec::new(),
            written: 0,
            closes_input: false,
            incoming: LineBuffer::default(),
            stderr_tail: Tail::keeping(STDERR_BYTES_KEPT),
            memory_mib_max,
            looked: Instant::now(),
            buffer: vec![0; 64 << 10],
        };
        child.make_pipes_non_blocking()?;
        Ok(child)
    }

    /// The number of the process.
    pub(super) fn number(&self) -> u32 {
        self.process.id()
    }

    /// The buffer of bytes for standard input; the next turns write it.
    pub(super) fn outgoing(&mut self) -> &mut Vec<u8> {
        if self.written == self.outgoing.len() {
            self.outgoing.clear();
            self.written = 0;
        }
        &mut self.outgoing
    }

    /// Closes standard input as soon as all is written.
    pub(super) fn close_input(&mut self) {
        self.closes_input = true;
        self.close_written_input();
    }

    /// The end of standard error, at most so many bytes of it.
    pub(super) fn stderr_text(&self, bytes: usize) -> String {
        self.stderr_tail.text(bytes)
    }

    /// Waits until something can be read or written, at most so long and at most a [`TICK`], and does it.
    /// Returns how the child ended, after its last line.
    pub(super) fn turn(&mut self, timeout: Duration, on_line: &mut dyn FnMut(&[u8])) -> Option<End> {
        if let Err(error) = self.poll(timeout.min(TICK)) {
            return Some(End::Broken { why: error.to_string() });
        }
        let input_closed = self.write().is_err();
        let read = self.read_output(on_line);
        self.read_stderr();
        let end = match read {
            Err(end) => Some(end),
            Ok(_) if self.stdout.is_none() => Some(self.exit_within(EXIT_GRACE).unwrap_or(End::ClosedOutput)),
            Ok(_) if input_closed => Some(self.exit_within(EXIT_GRACE).unwrap_or(End::ClosedInput)),
            Ok(bytes) => self.look(bytes),
        };
        if end.is_some() {
            // What it wrote before it ended still counts.
            let _ = self.read_output(on_line);
            self.incoming.finish(on_line);
            self.read_stderr();
        }
        end
    }

    /// Closes standard input, lets the child finish for so long, and ends its process group.
    pub(super) fn finish(mut self, grace: Duration) -> Result<(), String> {
        self.close_input();
        let until = Instant::now() + grace;
        let mut end = None;
        while end.is_none() && Instant::now() < until {
            end = self.turn(until - Instant::now(), &mut |_| {});
        }
        match end {
            Some(End::Exited { code: 0 }) => Ok(()),
            Some(end) => Err(format!("after its input was closed it {end}")),
            None => Err(format!("did not exit within {} s after its input was closed", grace.as_secs())),
        }
    }

    fn make_pipes_non_blocking(&self) -> io::Result<()> {
        if let Some(pipe) = &self.stdin {
            rustix::io::ioctl_fionbio(pipe, true)?;
        }
        if let Some(pipe) = &self.stdout {
            rustix::io::ioctl_fionbio(pipe, true)?;
        }
        if let Some(pipe) = &self.stderr {
            rustix::io::ioctl_fionbio(pipe, true)?;
        }
        Ok(())
    }

    fn poll(&self, timeout: Duration) -> io::Result<()> {
        let mut pipes = Vec::with_capacity(3);
        if let Some(pipe) = &self.stdin
            && self.written < self.outgoing.len()
        {
            pipes.push(PollFd::new(pipe, PollFlags::OUT));
        }
        if let Some(pipe) = &self.stdout {
            pipes.push(PollFd::new(pipe, PollFlags::IN));
        }
        if let Some(pipe) = &self.stderr {
            pipes.push(PollFd::new(pipe, PollFlags::IN));
        }
        let timeout = Timespec { tv_sec: 0, tv_nsec: i64::from(timeout.subsec_nanos()) };
        match poll(&mut pipes, Some(&timeout)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Writes what the pipe takes; an error when the child has closed its end and something was left to write.
    fn write(&mut self) -> io::Result<()> {
        while let Some(pipe) = &mut self.stdin
            && self.written < self.outgoing.len()
        {
            match pipe.write(&self.outgoing[self.written..]) {
                Ok(bytes) => self.written += bytes,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.stdin = None;
                    return Err(error);
                }
            }
        }
        self.close_written_input();
        Ok(())
    }

    fn close_written_input(&mut self) {
        if self.closes_input && self.written == self.outgoing.len() {
            self.stdin = None;
        }
    }

    /// Reads standard output until it is empty or the turn's share is used; the bytes read.
    fn read_output(&mut self, on_line: &mut dyn FnMut(&[u8])) -> Result<usize, End> {
        let mut total = 0;
        while let Some(pipe) = &mut self.stdout
            && total < TURN_BYTES_MAX
        {
            match pipe.read(&mut self.buffer) {
                Ok(0) => self.stdout = None,
                Ok(bytes) => {
                    total += bytes;
                    self.incoming.take(&self.buffer[..bytes], on_line).map_err(|_| End::LineTooLong)?;
                    if bytes < self.buffer.len() {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(End::Broken { why: error.to_string() }),
            }
        }
        Ok(total)
    }

    /// Reads standard error likewise; it is never a reason to end a child.
    fn read_stderr(&mut self) {
        let mut total = 0;
        while let Some(pipe) = &mut self.stderr
            && total < TURN_BYTES_MAX
        {
            match pipe.read(&mut self.buffer) {
                Ok(bytes) if bytes > 0 => {
                    total += bytes;
                    self.stderr_tail.take(&self.buffer[..bytes]);
                    if bytes < self.buffer.len() {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(_) | Err(_) => self.stderr = None,
            }
        }
    }

    /// Once a tick: has it exited while something else holds its pipes, and how much memory has it?
    fn look(&mut self, bytes_read: usize) -> Option<End> {
        if self.looked.elapsed() < TICK {
            return None;
        }
        self.looked = Instant::now();
        if bytes_read == 0
            && let Some(end) = self.exit()
        {
            return Some(end);
        }
        let found_mib = resident_kib(self.group, 0) >> 10;
        (found_mib > self.memory_mib_max).then_some(End::TooMuchMemory { found_mib, limit_mib: self.memory_mib_max })
    }

    /// How the process exited, if it did; it stays a zombie, so that its group's number stays ours until it is killed.
    fn exit(&self) -> Option<End> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let status = waitid(WaitId::Pid(self.group), options).ok()??;
        match (status.exit_status(), status.terminating_signal()) {
            (Some(code), _) => Some(End::Exited { code }),
            (None, Some(signal)) => Some(End::Signalled { signal }),
            (None, None) => None,
        }
    }

    fn exit_within(&mut self, grace: Duration) -> Option<End> {
        let until = Instant::now() + grace;
        loop {
            let end = self.exit();
            if end.is_some() || Instant::now() >= until {
                return end;
            }
            self.read_stderr();
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // The group first and the child's own number last: until it is reaped no other process can have the number.
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Resident memory of a process and what it started, KiB; 0 where the system does not tell.
fn resident_kib(process: Pid, depth: u32) -> u64 {
    let number = process.as_raw_nonzero();
    let own = fs::read_to_string(format!("/proc/{number}/status")).ok().and_then(|status| {
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().split(' ').next()?.parse::<u64>().ok()
    });
    let children = fs::read_to_string(format!("/proc/{number}/task/{number}/children")).unwrap_or_default();
    let below = children.split_whitespace().take(64).filter(|_| depth < 4).filter_map(|child| child.parse().ok());
    own.unwrap_or(0) + below.filter_map(Pid::from_raw).map(|child| resident_kib(child, depth + 1)).sum::<u64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Child {
        let command = ["sh", "-c", script].map(str::to_owned);
        Child::spawn(&command, Path::new("."), 1024).unwrap()
    }

    fn run(child: &mut Child, within: Duration) -> (Vec<String>, Option<End>) {
        let (mut lines, until) = (Vec::new(), Instant::now() + within);
        while Instant::now() < until {
            let end = child.turn(within, &mut |line| lines.push(String::from_utf8_lossy(line).into_owned()));
            if end.is_some() {
                return (lines, end);
            }
        }
        (lines, None)
    }

    /// Every way to end must be told from every other, and the last words must not be lost.
    #[test]
    fn the_end_is_told_after_the_last_line() {
        let killed = End::Signalled { signal: Signal::KILL.as_raw() };
        for (script, end) in [
            ("echo a; printf b", End::Exited { code: 0 }),
            ("echo a; printf b; exit 89", End::Exited { code: 89 }),
            ("echo a; printf b; kill -9 $$", killed),
            ("echo a; printf b; exec >&-; sleep 60", End::ClosedOutput),
            ("echo a; printf b; sleep 60 & exit 3", End::Exited { code: 3 }),
        ] {
            let found = run(&mut shell(script), Duration::from_secs(10));
            assert_eq!(found, (vec!["a".to_owned(), "b".to_owned()], Some(end)), "{script}");
        }
    }

    /// A write to a full pipe must wait in the buffer and not in the thread.
    #[test]
    fn a_child_that_does_not_read_holds_nobody_up() {
        let mut child = shell("sleep 60");
        child.outgoing().extend(vec![b'x'; 4 << 20]);
        let started = Instant::now();
        assert_eq!(run(&mut child, Duration::from_millis(300)), (Vec::new(), None));
        drop(child);
        assert!(started.elapsed() < Duration::from_secs(5));
    }

    /// What a port starts must end with the port.
    #[test]
    fn the_whole_group_ends() {
        let mut child = shell("sleep 60 & echo $!; wait");
        let mut lines = Vec::new();
        while lines.is_empty() {
            child.turn(TICK, &mut |line| lines.push(String::from_utf8_lossy(line).into_owned()));
        }
        drop(child);
        let alive = || {
            let status = fs::read_to_string(format!("/proc/{}/status", lines[0])).unwrap_or_default();
            status.contains("State:") && !status.contains("zombie")
        };
        let until = Instant::now() + Duration::from_secs(5);
        while alive() && Instant::now() < until {
            std::thread::yield_now();
        }
        assert!(!alive());
    }

    /// A port without bounds must not take the machine's memory.
    #[test]
    #[cfg(target_os = "linux")]
    fn memory_above_the_limit_ends_a_child() {
        // The shell holds the memory in a child of its own.
        let script = "head -c 100000000 /dev/zero | tail -c 100000000 | sleep 60";
        let command = ["sh", "-c", script].map(str::to_owned);
        let mut child = Child::spawn(&command, Path::new("."), 50).unwrap();
        match run(&mut child, Duration::from_secs(20)).1 {
            Some(End::TooMuchMemory { found_mib, limit_mib: 50 }) => assert!(found_mib > 50),
            other => panic!("{other:?}"),
        }
    }
}
