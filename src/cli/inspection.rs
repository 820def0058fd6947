//! `inspection new | list | show | change | close | reopen`. Must not know how inspections are shown (`inspection_shown`).

use clap::{Args as ClapArgs, Subcommand};

use super::inspection_shown::{list, show};
use super::workplace::Workplace;
use crate::casework::{
    Access, Closed, Correction, Framework, GroupsWanted, Inspection, NewInspection, Store,
    change_inspection, close_inspection, current_inspection, doubt_inspection, open_inspection,
    reopen_inspection,
};
use crate::model::Problems;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open an inspection of one provider under one framework
    #[command(after_help = "Examples:
  caseaudit inspection new \"North West 2018\" --framework hmip-nps-2018 --provider \"North West NPS\"
  caseaudit inspection new \"North West 2019\" --framework hmip-nps-2018 --provider \"North West NPS\" --programme \"NPS divisions\" --period 2019/20")]
    New {
        /// Its name, unique in the database
        name: String,
        /// Id of the framework: see `caseaudit framework list`
        #[arg(long, value_name = "ID")]
        framework: String,
        /// The service that is inspected
        #[arg(long, value_name = "NAME")]
        provider: String,
        /// The round of inspections that it belongs to
        #[arg(
            long,
            value_name = "NAME",
            default_value = "",
            hide_default_value = true
        )]
        programme: String,
        /// The period that it is about
        #[arg(
            long,
            value_name = "PERIOD",
            default_value = "",
            hide_default_value = true
        )]
        period: String,
        /// Its figures are those of the whole nation: shown beside the providers, never counted among them
        #[arg(long)]
        national: bool,
    },
    /// Every inspection of the database
    #[command(after_help = "Example:\n  caseaudit inspection list")]
    List,
    /// One inspection, and how far it is
    #[command(after_help = "Example:\n  caseaudit inspection show \"North West 2018\"")]
    Show {
        /// Its name [default: the open one]
        name: Option<String>,
    },
    /// Correct what an inspection is called and where it belongs; what is left out stays as it is
    Change(ChangeArgs),
    /// Close an inspection whose work is done: nothing in it changes until it is reopened
    #[command(after_help = "Examples:
  caseaudit inspection close \"North West 2018\"
  caseaudit inspection close \"North West 2018\" --by gender,rosh

Tables of groups are part of what is published: those that are not named here cannot be shown until it is reopened and closed again.
Where it was published before and --by names none, the same groups are published again; --no-groups publishes none.")]
    Close {
        /// Its name [default: the open one]
        name: Option<String>,
        /// Publish tables of the groups of cases that share a value of this case information, too; again and again, or with commas
        #[arg(long, value_name = "ATTRIBUTE", value_delimiter = ',')]
        by: Vec<String>,
        /// Suppress groups with fewer applicable cases than this (0: none); else as the framework says, or 10
        #[arg(long, value_name = "N", requires = "by")]
        smallest_group: Option<u64>,
        /// Publish no tables of groups, though the publication before had some
        #[arg(long, conflicts_with_all = ["by", "smallest_group"])]
        no_groups: bool,
        /// Why it is closed although work is left; printed in the publication
        #[arg(
            long,
            value_name = "REASON",
            default_value = "",
            hide_default_value = true
        )]
        because: String,
    },
    /// Open a closed inspection again
    #[command(after_help = "Example:
  caseaudit inspection reopen \"North West 2018\" --because \"Factual accuracy check by the provider\"

The next publication prints the reason, and not who gave it: that stands in `caseaudit history` alone.")]
    Reopen {
        /// Its name
        name: String,
        /// Why; printed in the next publication
        #[arg(long, value_name = "REASON")]
        because: String,
    },
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit inspection change \"Ashdal 2024-25\" --provider Ashdale --name \"Ashdale 2024-25\" --because \"Misspelt in the file\"
  caseaudit inspection change \"Ashdal 2024-25\" --programme \"\" --because \"Opened by mistake\"
  caseaudit inspection change \"England and Wales 2023-24\" --national --because \"Left out at the import\"")]
pub(super) struct ChangeArgs {
    /// Its name
    inspection: String,
    /// Its new name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The service that is inspected
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// The round of inspections that it belongs to; empty takes it out of its round
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,
    /// The period that it is about; empty for none
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Its figures are those of the whole nation
    #[arg(long, conflicts_with = "not_national")]
    national: bool,
    /// Its figures are those of its provider
    #[arg(long)]
    not_national: bool,
    /// Why
    #[arg(
        long,
        value_name = "REASON",
        default_value = "",
        hide_default_value = true
    )]
    because: String,
}

pub(super) fn run(workplace: &Workplace<'_>, command: Command) -> Result<(), Problems> {
    let named = |name: &Option<String>| name.clone().or_else(|| workplace.global_inspection());
    match command {
        Command::New {
            name,
            framework,
            provider,
            programme,
            period,
            national,
        } => {
            let mut desk = workplace.desk()?;
            let mut store = workplace.open(Access::Write)?;
            let new = NewInspection {
                name: &name,
                framework: &framework,
                provider: &provider,
                programme: &programme,
                period: &period,
                national,
            };
            let inspection = open_inspection(&mut store, &mut desk, &new)?;
            workplace.output.message(&format!(
                "opened {} under {}",
                inspection.name, inspection.framework.title
            ));
            workplace.output.message(next_step(&inspection.framework));
            say_doubts(workplace, &store, &inspection)
        }
        Command::List => list(workplace),
        Command::Show { name } => show(workplace, named(&name).as_deref()),
        Command::Change(args) => change(workplace, &args),
        Command::Close {
            name,
            by,
            smallest_group: smallest,
            no_groups,
            because,
        } => {
            let desk = workplace.desk()?;
            let mut store = workplace.open(Access::Write)?;
            let inspection = current_inspection(&store, named(&name).as_deref())?;
            let groups = GroupsWanted { by, smallest };
            let is_chosen = no_groups || !groups.by.is_empty();
            let groups = is_chosen.then_some(&groups);
            let closed = close_inspection(&mut store, &desk, &inspection, groups, &because)?;
            workplace
                .output
                .message(&format!("closed {}", inspection.name));
            say_groups(workplace, &closed);
            Ok(())
        }
        Command::Reopen { name, because } => {
            let desk = workplace.desk()?;
            let mut store = workplace.open(Access::Write)?;
            let inspection = current_inspection(&store, Some(&name))?;
            reopen_inspection(&mut store, &desk, &inspection, &because)?;
            workplace.output.message(&format!("reopened {name}"));
            Ok(())
        }
    }
}

/// Which groups are published because they were before, and that nobody is hidden where none is too small.
fn say_groups(workplace: &Workplace<'_>, closed: &Closed) {
    let Some(groups) = &closed.groups else {
        return;
    };
    let smallest = groups.smallest;
    if closed.are_as_before {
        let by = groups.by.join(", ");
        workplace.output.message(&format!(
            "note: published again, as before: tables of groups by {by}, smallest group {smallest}; to publish none: --no-groups"
        ));
    }
    if smallest < 2 {
        workplace.output.message(&format!(
            "warning: with a smallest group of {smallest} the answers of a single case are published as a group; to hide small groups, reopen it and close it with a larger --smallest-group"
        ));
    }
}

/// What a new inspection waits for: cases, figures or judgements, as its framework has it.
fn next_step(framework: &Framework) -> &'static str {
    if framework.samples.iter().any(|sample| sample.draw.is_some()) {
        "next: caseaudit import cases FILE, or: caseaudit case add REF --sample S; to draw a sample: caseaudit population import FILE --sample S"
    } else if !framework.samples.is_empty() {
        "next: caseaudit import cases FILE, or: caseaudit case add REF --sample S"
    } else if !framework.measures.is_empty() {
        "next: caseaudit import measures FILE, or: caseaudit measure ID VALUE"
    } else {
        "next: caseaudit import judgements FILE, or: caseaudit judge STANDARD RATING --because \"…\""
    }
}

fn change(workplace: &Workplace<'_>, args: &ChangeArgs) -> Result<(), Problems> {
    let desk = workplace.desk()?;
    let mut store = workplace.open(Access::Write)?;
    let inspection = current_inspection(&store, Some(&args.inspection))?;
    let correction = Correction {
        name: args.name.as_deref(),
        provider: args.provider.as_deref(),
        programme: args.programme.as_deref(),
        period: args.period.as_deref(),
        national: (args.national || args.not_national).then_some(args.national),
    };
    let done = change_inspection(&mut store, &desk, &inspection, &correction, &args.because)?;
    let or_none = |text: &str| if text.is_empty() { "none" } else { text }.to_owned();
    let now = &done.now;
    let mut message = format!(
        "{}{}: provider {}, programme {}, period {}",
        if done.changed {
            ""
        } else {
            "nothing changed: "
        },
        now.name,
        now.provider,
        or_none(&now.programme),
        or_none(&now.period)
    );
    if now.national {
        message.push_str(", figures of the whole nation");
    }
    workplace.output.message(&message);
    if !done.twins.is_empty() {
        workplace.output.message(&format!(
            "note: about the same provider and period: {}",
            done.twins.join(", ")
        ));
    }
    let moved = [&args.provider, &args.programme, &args.period];
    if done.changed && moved.iter().any(|name| name.is_some()) {
        say_doubts(workplace, &store, &inspection)?;
    }
    Ok(())
}

/// Says of names that a person gave what looks like a slip.
fn say_doubts(
    workplace: &Workplace<'_>,
    store: &Store,
    inspection: &Inspection,
) -> Result<(), Problems> {
    for doubt in doubt_inspection(store, inspection.id)? {
        workplace.output.message(&format!("note: {doubt}"));
    }
    Ok(())
}
