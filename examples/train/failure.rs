//! Why the program ends early, and with which exit code.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use contrastive_playground::Error;

pub type Result<T> = std::result::Result<T, Failure>;

#[derive(Debug)]
pub enum Failure {
    /// What was given cannot be used: exit code 2.
    Input(String),
    /// Something failed on the way: exit code 1.
    Run(String),
    /// Nothing is left to say: after `--help`, and when nobody reads the reports any more.
    Quiet,
}

impl Failure {
    /// A file or folder that cannot be read or written.
    pub fn of_file(path: &Path, what: &str, error: impl Display) -> Self {
        Self::Input(format!("{} cannot be {what}: {error}.", path.display()))
    }

    /// A device that did not hand over a number.
    pub fn of_device(error: impl Display) -> Self {
        Self::Run(format!("The device did not return a result ({error})."))
    }

    /// Says why, in one line on stderr.
    pub fn end(self) -> ExitCode {
        let (message, code) = match self {
            Self::Input(message) => (message, 2),
            Self::Run(message) => (message, 1),
            Self::Quiet => return ExitCode::SUCCESS,
        };
        say("error", &message);
        ExitCode::from(code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Diverged { .. } | Error::Device { .. } | Error::DeviceLost { .. } => {
                Self::Run(error.to_string())
            }
            _ => Self::Input(error.to_string()),
        }
    }
}

/// Of stdout.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Quiet,
            _ => Self::Run(format!("The report cannot be written: {error}.")),
        }
    }
}

/// One line on stderr, whatever the message holds. If stderr is gone there is nobody to tell.
pub fn say(kind: &str, message: &str) {
    let line = message.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
    let _ = writeln!(io::stderr(), "{kind}: {line}");
}
