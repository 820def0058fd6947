//! What every command shares: the global options, and from them the database, the desk and the inspection.
//!
//! The one place where the clock, the login name, the device and randomness are read.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::format::Format;
use super::output::Output;
use crate::casework::{Access, Clock, Desk, Inspection, Store, current_inspection};
use crate::model::{Code, Place, Problem, Problems};
use crate::report::Report;

/// Options that every command takes.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// The database file
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "CASEAUDIT_DB",
        default_value = "caseaudit.db"
    )]
    pub(super) db: PathBuf,
    /// Who you are: a code or name that every entry keeps [default: the login name, from USER, LOGNAME or USERNAME]
    #[arg(
        long = "as",
        global = true,
        value_name = "NAME",
        env = "CASEAUDIT_USER",
        hide_env_values = true
    )]
    user: Option<String>,
    /// The inspection to work in; needed only when several are open
    #[arg(long, global = true, value_name = "NAME", env = "CASEAUDIT_INSPECTION")]
    inspection: Option<String>,
    /// How results are printed [default: terminal, or what the ending of --out says]
    #[arg(long, global = true, value_enum)]
    format: Option<Format>,
    /// No messages and no progress bars
    #[arg(long, short, global = true)]
    quiet: bool,
    /// No colour (also: the variable NO_COLOR)
    #[arg(long, global = true)]
    no_color: bool,
    /// The time to record, for reproducible runs
    #[arg(long, global = true, hide = true, env = "CASEAUDIT_NOW")]
    now: Option<DateTime<Utc>>,
    /// The source of new ids, for reproducible runs
    // Not `seed`, which commands have as an option of their own, for draws.
    #[arg(long, global = true, hide = true, env = "CASEAUDIT_SEED")]
    seed_of_ids: Option<u64>,
    /// The device to record, for reproducible runs
    #[arg(long, global = true, hide = true, env = "CASEAUDIT_DEVICE")]
    device: Option<String>,
}

impl Global {
    pub(super) fn output(&self) -> Output {
        Output::new(self.format, self.quiet, self.no_color)
    }
}

/// Where a command works.
pub(super) struct Workplace<'g> {
    pub(super) global: &'g Global,
    pub(super) output: &'g Output,
}

impl Workplace<'_> {
    pub(super) fn init(&self) -> Result<(), Problems> {
        Store::create(&self.global.db)?;
        self.output
            .message(&format!("created {}", self.global.db.display()));
        self.output
            .message("next: caseaudit inspection new NAME --framework hmip-nps-2018 --provider P; or another framework: caseaudit framework list");
        Ok(())
    }

    pub(super) fn open(&self, access: Access) -> Result<Store, Problems> {
        let store = Store::open(&self.global.db, access)?;
        if let Some(version) = store.upgraded_from() {
            self.output.message(&format!(
                "{}: brought up from version {version} of the record to the present one; earlier programs cannot open it any more",
                self.global.db.display()
            ));
        }
        Ok(store)
    }

    /// The database if there is one: the built-in frameworks can be looked at without.
    pub(super) fn open_if_there(&self) -> Result<Option<Store>, Problems> {
        if self.global.db.exists() {
            self.open(Access::Read).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The database for looking, and the inspection.
    pub(super) fn look(&self) -> Result<(Store, Inspection), Problems> {
        let store = self.open(Access::Read)?;
        let inspection = self.inspection(&store)?;
        Ok((store, inspection))
    }

    /// The database for recording, the inspection, and who works here.
    pub(super) fn work(&self) -> Result<(Store, Inspection, Desk), Problems> {
        let desk = self.desk()?;
        let store = self.open(Access::Write)?;
        let inspection = self.inspection(&store)?;
        Ok((store, inspection, desk))
    }

    /// A report would take the place of the record and everything in it, or be taken for a part of it: those files come and go.
    pub(super) fn refuse_database(&self, path: &Path) -> Result<(), Problems> {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let is_database = real(&self.global.db).is_some_and(|db| {
            let place = real(path).or_else(|| {
                let folder = path.parent().filter(|folder| *folder != Path::new(""));
                let folder = real(folder.unwrap_or(Path::new(".")))?;
                Some(folder.join(path.file_name()?))
            });
            ["", "-wal", "-shm", "-journal"].iter().any(|ending| {
                let mut name = db.clone().into_os_string();
                name.push(ending);
                place.as_deref() == Some(Path::new(&name))
            })
        });
        if !is_database {
            return Ok(());
        }
        let what = "it is the database itself";
        Err(
            Problem::new(Code::AlreadyExists, what, "name another file with --out")
                .at(Place::of(path.display().to_string()))
                .into(),
        )
    }

    pub(super) fn inspection(&self, store: &Store) -> Result<Inspection, Problems> {
        current_inspection(store, self.global.inspection.as_deref())
    }

    /// The inspection that was named for every command.
    pub(super) fn global_inspection(&self) -> Option<String> {
        self.global.inspection.clone()
    }

    /// Prints a report, or writes it to the file that was asked for.
    pub(super) fn give(&self, report: &Report, out: Option<&Path>) -> Result<(), Problems> {
        match out {
            None => self.output.report(report),
            Some(path) => {
                self.refuse_database(path)?;
                self.output.report_to(report, path)
            }
        }
    }

    /// The name of the person; empty where none is known.
    pub(super) fn who(&self) -> String {
        let login = || {
            let names = ["USER", "LOGNAME", "USERNAME"].into_iter();
            let mut names = names.filter_map(|name| std::env::var(name).ok());
            names
                .find(|name| !name.trim().is_empty())
                .unwrap_or_default()
        };
        let who = self.global.user.clone().unwrap_or_else(login);
        who.trim().to_owned()
    }

    pub(super) fn desk(&self) -> Result<Desk, Problems> {
        let who = self.who();
        let host = || {
            hostname::get().map_or_else(
                |_| String::new(),
                |name| name.to_string_lossy().into_owned(),
            )
        };
        let device = self.global.device.clone().unwrap_or_else(host);
        let clock = self.global.now.map_or(Clock::Live(Utc::now), Clock::Fixed);
        Desk::new(&who, &device, clock, self.seed()?)
    }

    fn seed(&self) -> Result<[u8; 32], Problems> {
        let mut seed = [0; 32];
        match self.global.seed_of_ids {
            Some(number) => seed[..8].copy_from_slice(&number.to_le_bytes()),
            None => getrandom::fill(&mut seed).map_err(|error| {
                let what = format!("the system gives no random numbers: {error}");
                Problem::new(Code::StorageFailed, what, "try again")
            })?,
        }
        Ok(seed)
    }
}
