//! Files and folders of results: an earlier result of the same kind gives way, nothing else does, and nobody ever sees half of
//! one. Must not know what is written.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Error, Write};
use std::path::{Path, PathBuf};

use crate::model::{Code, Place, Problem, Problems};
use crate::report::{FileKind, LIST_FILE, ResultFile, list_files, listed_files};

/// What a file is called until it is whole.
const PART: &str = ".part";

/// A larger file is no result of ours.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Files that systems leave in folders of their own accord.
const LEFT_BY_SYSTEMS: [&str; 2] = ["Thumbs.db", "desktop.ini"];

/// Whether files are to go into it: a folder that is there, or a name that ends as one.
pub(super) fn names_folder(path: &Path) -> bool {
    let name = path.as_os_str().to_string_lossy();
    path.is_dir() || name.ends_with(std::path::is_separator)
}

/// Writes a file of this kind, whole or not at all, in the place of an earlier one.
///
/// # Errors
/// Something else has this name, its folder is not there, or the system refuses.
pub(super) fn write_file(path: &Path, bytes: &[u8], kind: FileKind) -> Result<(), Problems> {
    need_parent(path)?;
    if path.exists() {
        let found = std::fs::metadata(path).map_err(|error| cannot_write(path, &error))?;
        if !found.is_file() || found.len() > LARGEST {
            return Err(is_other(path, kind));
        }
        let earlier = std::fs::read(path).map_err(|error| cannot_write(path, &error))?;
        // A file that was made empty, as by `mktemp`, holds nothing.
        if !earlier.is_empty() && !kind.is_result(&earlier, bytes) {
            return Err(is_other(path, kind));
        }
    }
    if path.is_symlink() && !path.exists() {
        return Err(is_other(path, kind));
    }
    // What a link leads to is replaced, not the link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // Somebody may write the same file at the same time: each run has a part of its own.
    let part = beside(&with_ending(&target, &format!(".{}", std::process::id())));
    write_part(&part, bytes)
        .and_then(|()| std::fs::rename(&part, &target))
        .map_err(|error| {
            let _ = std::fs::remove_file(&part);
            cannot_write(path, &error)
        })
}

/// Writes files into a folder of their own, which is made if it is not there, with a list of them: by it the next run knows
/// which to replace or to remove. How many there are then, the list included.
///
/// # Errors
/// The folder holds files that no earlier run wrote, it cannot be made, or the system refuses. The files that were there stay
/// as they were while new ones cannot be written.
pub(super) fn fill_folder(folder: &Path, files: &[ResultFile]) -> Result<usize, Problems> {
    need_parent(folder)?;
    if folder.exists() && !folder.is_dir() {
        let what = "a file has this name, and several files are to be written";
        let remedy = "name a new folder";
        let problem = Problem::new(Code::AlreadyExists, what, remedy);
        return Err(problem.at(place(folder)).into());
    }
    let list = list_files(files)?;
    let listed = (LIST_FILE, list.as_bytes());
    let files_of = files.iter();
    let files_of = files_of.map(|file| (file.name.as_str(), file.bytes.as_slice()));
    let all: Vec<(&str, &[u8])> = std::iter::once(listed).chain(files_of).collect();
    let wrong = |error: Error| cannot_write(folder, &error);
    if !folder.is_dir() {
        std::fs::create_dir(folder).map_err(wrong)?;
    }
    let earlier = read_list(folder, files);
    refuse_strangers(folder, &earlier, &all)?;
    refuse_redrawn(folder, &earlier)?;
    let stale = earlier
        .iter()
        .filter(|name| all.iter().all(|(new, _)| new != name));
    place_all(folder, &all, stale).map_err(|error| {
        for (name, _) in &all {
            let _ = std::fs::remove_file(beside(&folder.join(name)));
        }
        wrong(error)
    })?;
    Ok(all.len())
}

/// First every new file beside its place, then the stale ones away, then each in its place: the list first, so that whatever is
/// there if this is interrupted is known to the next run.
fn place_all<'n>(
    folder: &Path,
    files: &[(&str, &[u8])],
    stale: impl Iterator<Item = &'n String>,
) -> std::io::Result<()> {
    for (name, bytes) in files {
        write_part(&beside(&folder.join(name)), bytes)?;
    }
    for name in stale {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    for (name, _) in files {
        let path = folder.join(name);
        std::fs::rename(beside(&path), path)?;
    }
    Ok(())
}

/// The files that an earlier run wrote here, of the endings that these have: charts never take the place of tables. None where
/// there is no list.
fn read_list(folder: &Path, files: &[ResultFile]) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(LIST_FILE));
    let mut listed = text.map(|text| listed_files(&text)).unwrap_or_default();
    let ending = |name: &String| Path::new(name).extension().map(OsStr::to_owned);
    listed.retain(|known| files.iter().any(|file| ending(&file.name) == ending(known)));
    listed
}

/// A folder that holds anything else is somebody's: stale and foreign files would stand beside the new ones.
fn refuse_strangers(
    folder: &Path,
    earlier: &[String],
    files: &[(&str, &[u8])],
) -> Result<(), Problems> {
    let wrong = |error: Error| cannot_write(folder, &error);
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let name = entry.map_err(wrong)?.file_name();
        let name = name.to_string_lossy();
        let is_new = |name: &str| files.iter().any(|(new, _)| *new == name);
        let is_ours = match name.strip_suffix(PART) {
            Some(whole) => is_new(whole) || earlier.iter().any(|known| known == whole),
            None if *name == *LIST_FILE => !earlier.is_empty(),
            None => earlier.iter().any(|known| *known == *name),
        };
        if is_ours || name.starts_with('.') || LEFT_BY_SYSTEMS.contains(&&*name) {
            continue;
        }
        let what =
            format!("the folder holds {name}, which no earlier run of the same kind wrote there");
        let remedy = "name a new or an empty folder";
        let problem = Problem::new(Code::AlreadyExists, what, remedy);
        return Err(problem.at(place(folder)).into());
    }
    Ok(())
}

/// A picture that another program saved is somebody's work, though an earlier run gave it its name. Tables have no place for a mark:
/// they are known by the list.
fn refuse_redrawn(folder: &Path, earlier: &[String]) -> Result<(), Problems> {
    for name in earlier {
        let kind = match Path::new(name).extension().and_then(OsStr::to_str) {
            Some("svg") => FileKind::Svg,
            Some("png") => FileKind::Png,
            _ => continue,
        };
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(found) if !kind.is_result(&found, &[]) => return Err(is_other(&path, kind)),
            // One that was taken away leaves its place free.
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(cannot_write(&path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes a file and waits until it is on the disk.
fn write_part(part: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(part)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn beside(path: &Path) -> PathBuf {
    with_ending(path, PART)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Folders are not made in passing: a mistyped one, or a stick that is not there, is noticed.
fn need_parent(path: &Path) -> Result<(), Problems> {
    let parent = path.parent().filter(|parent| *parent != OsStr::new(""));
    match parent {
        Some(parent) if !parent.is_dir() => {
            let what = format!("there is no folder {}", parent.display());
            let remedy = "make the folder, or name another";
            let problem = Problem::new(Code::StorageFailed, what, remedy);
            Err(problem.at(place(path)).into())
        }
        _ => Ok(()),
    }
}

fn is_other(path: &Path, kind: FileKind) -> Problems {
    let what = format!(
        "something else has this name and stays as it is: a result only takes the place of an earlier one of the same kind, which {}",
        kind.sign()
    );
    let remedy = "name another file, or move that one away";
    let problem = Problem::new(Code::AlreadyExists, what, remedy);
    problem.at(place(path)).into()
}

/// That the system refuses to write.
pub(super) fn cannot_write(path: &Path, error: &Error) -> Problems {
    let what = format!("it cannot be written: {error}");
    let remedy = "check the folder and its permissions";
    let problem = Problem::new(Code::StorageFailed, what, remedy);
    problem.at(place(path)).into()
}

fn place(path: &Path) -> Place {
    Place::of(path.display().to_string())
}
