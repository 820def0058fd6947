//! `moderate`.

use clap::Args as ClapArgs;

use super::workplace::Workplace;
use crate::casework::{
    Framework, Moderated, decide_moderation, propose_moderation, withdraw_moderation,
};
use crate::model::Problems;

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit moderate Good --because \"Two returns came late and are in the second quarter\"
  caseaudit moderate --accept --because \"The returns were confirmed\"
  caseaudit moderate --withdraw --because \"Proposed for the wrong region\"")]
pub(super) struct Args {
    /// The overall rating that is proposed, by id or title
    #[arg(
        required_unless_present_any = ["accept", "decline", "withdraw"],
        conflicts_with_all = ["accept", "decline", "withdraw"]
    )]
    rating: Option<String>,
    /// The evidence for the proposal, or the reason for the decision
    #[arg(
        long,
        value_name = "EVIDENCE",
        default_value = "",
        hide_default_value = true
    )]
    because: String,
    /// Decide that the proposed rating is the overall rating; both are shown
    #[arg(long, conflicts_with_all = ["decline", "withdraw"])]
    accept: bool,
    /// Decide that the overall rating stays as it is
    #[arg(long, conflicts_with = "withdraw")]
    decline: bool,
    /// Take the open proposal back
    #[arg(long)]
    withdraw: bool,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (mut store, inspection, desk) = workplace.work()?;
    let (store, because) = (&mut store, args.because.as_str());
    let moderated = match &args.rating {
        Some(rating) => propose_moderation(store, &desk, &inspection, rating, because)?,
        None if args.withdraw => withdraw_moderation(store, &desk, &inspection, because)?,
        None => decide_moderation(store, &desk, &inspection, args.accept, because)?,
    };
    for line in said(&inspection.framework, &moderated) {
        workplace.output.message(&line);
    }
    Ok(())
}

fn said(framework: &Framework, moderated: &Moderated) -> Vec<String> {
    let title = |rating| framework.scale.title(rating);
    let mut said = Vec::new();
    let is_open = match &moderated.moderation {
        None => {
            said.push("the proposal is withdrawn".to_owned());
            false
        }
        Some(moderation) => {
            let decision = moderation.decision.as_ref();
            let state = match decision.map(|decision| decision.accepted) {
                None => "proposed",
                Some(true) => "accepted",
                Some(false) => "declined",
            };
            said.push(format!(
                "moderation to {} {state}",
                title(moderation.proposed)
            ));
            decision.is_none()
        }
    };
    match moderated.overall {
        Some(overall) => said.push(format!("overall rating: {}", title(overall))),
        None => said
            .push("note: there is no overall rating yet, so there is nothing to move".to_owned()),
    }
    if let Some([made_on, now]) = moderated.overtaken {
        let [made_on, now] = [made_on, now].map(|rating| rating.map_or("no rating", title));
        said.push(format!(
            "note: it was proposed when the figures gave {made_on}; they give {now} now"
        ));
    }
    if is_open {
        said.push(
            "decide it with `caseaudit moderate --accept --because \"…\"`, or `--decline`"
                .to_owned(),
        );
    }
    said
}
