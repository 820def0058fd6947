//! The least that a machine can do: start a program that does nothing, and put three pages on the disk.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::data;

/// A Rust program that does nothing, made once and installed.
pub(crate) fn empty_program() -> PathBuf {
    let linked = data::once("empty-linked", |path| {
        let source = path.with_extension("rs");
        std::fs::write(&source, "fn main() {}\n").expect("a file can be written");
        let made = Command::new("rustc")
            .args([
                "--edition",
                "2024",
                "-O",
                "-C",
                "strip=symbols",
                "--crate-name",
                "empty",
                "-o",
            ])
            .arg(path)
            .arg(&source)
            .status();
        assert!(made.is_ok_and(|ended| ended.success()), "rustc can be run");
    });
    data::install(&linked, "empty")
}

pub(crate) fn run_empty(program: &Path) {
    let ended = Command::new(program).stdout(Stdio::null()).status();
    assert!(ended.is_ok_and(|ended| ended.success()));
}

/// A file that three frames of a write-ahead log are written to, again from its start every 999 frames.
pub(crate) struct Frames {
    file: File,
    written: u64,
}

const FRAME: usize = 24 + 4096;

impl Frames {
    pub(crate) fn create() -> Frames {
        let path = data::folder().join("frames");
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(path);
        Frames {
            file: file.expect("a file can be made"),
            written: 0,
        }
    }

    /// Three frames, and the wait until the disk has them.
    pub(crate) fn write(&mut self) {
        if self.written.is_multiple_of(333) {
            self.file
                .seek(SeekFrom::Start(0))
                .expect("a file has a start");
        }
        self.file
            .write_all(&[7; 3 * FRAME])
            .expect("a file can be written");
        self.file.sync_data().expect("a file can be synced");
        self.written += 1;
    }
}
