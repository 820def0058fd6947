//! Settling where a case or an inspection stands.
//!
//! Must not know how conflicts are found (`store`), nor what was published.

use super::assessment::Target;
use super::settling::{SettlingOne, wrong_value};
use super::submitting::refuse_gaps;
use crate::model::{Change, Problems};
use crate::store::Writer;

impl SettlingOne<'_> {
    /// Where the case or the inspection stands.
    pub(super) fn rule(&self, writer: &Writer<'_>) -> Result<Change, Problems> {
        if self.case.is_none() {
            return self.rule_inspection(writer);
        }
        let ruling = match self.value {
            "open" => Change::Reopen,
            "submitted" => Change::Submit,
            "withdrawn" => Change::WithdrawCase,
            value => {
                let remedy = "say open, submitted or withdrawn";
                return Err(wrong_value(value, "a status", remedy).into());
            }
        };
        if let (Change::Submit, Some(case)) = (&ruling, self.case) {
            let notes = writer.read().notes(case.id)?;
            let target = Target {
                reference: &case.reference,
                role: None,
            };
            refuse_gaps(self.inspection, target, (case, &notes), "")?;
        }
        Ok(ruling)
    }

    /// Open, or closed; where several closings published different things, the one that holds publishes that again.
    fn rule_inspection(&self, writer: &Writer<'_>) -> Result<Change, Problems> {
        let values = self
            .conflict
            .says
            .iter()
            .map(|saying| saying.value.as_str());
        let closings: Vec<&str> = values
            .filter(|value| value.starts_with("closed:"))
            .collect();
        match self.value {
            "open" => Ok(Change::ReopenInspection),
            "closed" if closings.is_empty() => Ok(Change::CloseInspection(None)),
            value if closings.contains(&value) => self.choose_one(writer),
            value => {
                let remedy = match closings.as_slice() {
                    [] => "say open or closed".to_owned(),
                    several => format!("say open, {}", several.join(" or ")),
                };
                Err(wrong_value(value, "a status", &remedy).into())
            }
        }
    }
}
