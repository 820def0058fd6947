//! Finds the inspection of one provider and period among those of a programme, or makes its opening ready.
//!
//! Must not know how the programme was chosen.

use std::rc::Rc;

use super::{Found, Round, Wanted, is_same};
use crate::casework::desk::{Desk, check_name};
use crate::casework::frameworks::find_framework;
use crate::casework::inspections::load_framework;
use crate::framework::Framework;
use crate::model::{Change, Code, Place, Problem, Problems, list_some};
use crate::store::{InspectionRow, Store, sha256};

/// A framework with its exact text.
type Text = (Rc<str>, Rc<Framework>);

pub(super) struct Finder<'a> {
    store: &'a Store,
    desk: &'a mut Desk,
    round: &'a Round<'a>,
    rows: Vec<InspectionRow>,
    /// Those read so far, by hash.
    frameworks: Vec<([u8; 32], Text)>,
    /// Names of the inspections to be opened.
    taken: Vec<String>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        store: &'a Store,
        desk: &'a mut Desk,
        round: &'a Round<'a>,
        rows: Vec<InspectionRow>,
    ) -> Finder<'a> {
        Finder {
            store,
            desk,
            round,
            rows,
            frameworks: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// Of a file about one inspection: the inspection, if the provider and period are its own. An inspection without a period
    /// takes a file of one period.
    pub(super) fn the_only(
        &mut self,
        row: &InspectionRow,
        wanted: &Wanted,
        all: &[Wanted],
    ) -> Result<Found, Problems> {
        let period = match all {
            [first, ..] if row.period.is_empty() => &first.period,
            _ => &row.period,
        };
        let differs = |what: &str, said: &str, own: &str, column: Option<u64>| {
            let what = format!(
                "the {what} is {said}, that of the inspection {} is {own}",
                row.name
            );
            let remedy = "to take up many inspections, name their programme: --programme NAME";
            let place = Place {
                column,
                ..wanted.place.clone()
            };
            Err(Problem::new(Code::WrongValue, what, remedy)
                .at(place)
                .into())
        };
        if !is_same(&wanted.provider, &row.provider) {
            return differs(
                "provider",
                &wanted.provider,
                &row.provider,
                wanted.place.column,
            );
        }
        if !wanted.period.is_empty() && !is_same(&wanted.period, period) {
            return differs("period", &wanted.period, period, Some(wanted.period_column));
        }
        let framework = self
            .round
            .framework
            .map_or(row.framework_id.as_str(), str::trim);
        if !framework.eq_ignore_ascii_case(&row.framework_id) {
            let of_inspection = &row.framework_id;
            let what = format!(
                "the inspection {} is under {of_inspection}, not {framework}",
                row.name
            );
            let remedy = "leave --framework out, or name another inspection";
            return Err(Problem::new(Code::WrongValue, what, remedy).into());
        }
        self.existing(row)
    }

    /// The inspections of a programme under the framework that was named, or else under those that fit the file; all of them
    /// if none does.
    pub(super) fn members(
        &mut self,
        programme: &str,
        fits: impl Fn(&Framework) -> bool,
    ) -> Result<Vec<InspectionRow>, Problems> {
        let rows = self.rows.iter();
        let mut members: Vec<InspectionRow> = rows
            .filter(|row| is_same(&row.programme, programme))
            .cloned()
            .collect();
        if let Some(id) = self.round.framework {
            members.retain(|row| row.framework_id.eq_ignore_ascii_case(id.trim()));
            return Ok(members);
        }
        let mut fitting = Vec::new();
        for row in &members {
            if fits(&self.framework_of(row)?.1) {
                fitting.push(row.clone());
            }
        }
        Ok(if fitting.is_empty() { members } else { fitting })
    }

    /// The framework under which missing inspections of a programme are opened; `None` if that is not clear.
    pub(super) fn opening_framework(
        &mut self,
        members: &[InspectionRow],
    ) -> Result<Option<Text>, Problems> {
        let is_one = |rows: &[InspectionRow]| {
            rows.windows(2)
                .all(|pair| pair[0].framework_id == pair[1].framework_id)
        };
        match (members, self.rows.as_slice()) {
            ([.., latest], _) if is_one(members) => {
                let latest = latest.clone();
                self.framework_of(&latest).map(Some)
            }
            _ if self.round.framework.is_some() => {
                let id = self.round.framework.unwrap_or_default().trim();
                let (text, framework) = find_framework(Some(self.store), id)?;
                Ok(Some((text.into(), Rc::new(framework))))
            }
            ([], [only]) => {
                let only = only.clone();
                self.framework_of(&only).map(Some)
            }
            _ => Ok(None),
        }
    }

    pub(super) fn one(
        &mut self,
        wanted: &Wanted,
        programme: &str,
        members: &[InspectionRow],
        opening: Option<&Text>,
    ) -> Result<Found, Problems> {
        let mut found: Vec<&InspectionRow> =
            members.iter().filter(|row| wanted.is_about(row)).collect();
        if found.is_empty() && wanted.period.is_empty() {
            let of_provider = |row: &&InspectionRow| is_same(&row.provider, &wanted.provider);
            found = members.iter().filter(of_provider).collect();
        }
        match (found.as_slice(), opening) {
            ([row], _) => self.existing(row),
            ([], Some(framework)) => self.open_new(wanted, programme, framework),
            ([], None) => {
                let what = format!(
                    "it is not clear under which framework {} is opened",
                    wanted.shown()
                );
                let remedy = "name it with --framework: caseaudit framework list shows all";
                Err(Problem::new(Code::UnknownFramework, what, remedy).into())
            }
            (several, _) => {
                let names: Vec<&str> = several.iter().map(|row| row.name.as_str()).collect();
                let what = format!("{} may be any of several inspections", wanted.shown());
                let remedy = format!(
                    "they are: {}; give the period, name the --framework, or import the rows of each with --inspection",
                    list_some(&names)
                );
                Err(Problem::new(Code::WhichInspection, what, remedy).into())
            }
        }
    }

    fn existing(&mut self, row: &InspectionRow) -> Result<Found, Problems> {
        if self.is_national(&row.provider) && !row.national {
            let what = format!(
                "the inspection {} is there already, and is not national",
                row.name
            );
            let remedy = format!(
                "leave --national out, or say that it is: caseaudit inspection change \"{}\" --national --because \"…\"",
                row.name
            );
            return Err(Problem::new(Code::AlreadyExists, what, remedy).into());
        }
        let (text, framework) = self.framework_of(row)?;
        Ok(Found {
            id: row.id,
            name: row.name.clone(),
            provider: row.provider.clone(),
            period: row.period.clone(),
            closed: row.closed,
            framework,
            text,
            opening: None,
        })
    }

    fn open_new(
        &mut self,
        wanted: &Wanted,
        programme: &str,
        (text, framework): &Text,
    ) -> Result<Found, Problems> {
        let name = self.free_name(wanted, programme)?;
        self.taken.push(name.clone());
        let opening = Change::OpenInspection {
            name: name.clone(),
            framework: sha256(text.as_bytes()),
            provider: wanted.provider.clone(),
            programme: programme.to_owned(),
            period: wanted.period.clone(),
            national: self.is_national(&wanted.provider),
        };
        Ok(Found {
            id: self.desk.new_id(),
            name,
            provider: wanted.provider.clone(),
            period: wanted.period.clone(),
            closed: false,
            framework: Rc::clone(framework),
            text: Rc::clone(text),
            opening: Some(opening),
        })
    }

    /// `North West 2023/24`, or with the programme behind it where that is taken.
    fn free_name(&self, wanted: &Wanted, programme: &str) -> Result<String, Problems> {
        let short = wanted.shown();
        let long = format!("{short} ({programme})");
        let known = self.rows.iter().map(|row| &row.name);
        let known: Vec<&String> = known.chain(&self.taken).collect();
        let is_free = |name: &&String| known.iter().all(|known| !is_same(known, name));
        let Some(name) = [&short, &long].into_iter().find(is_free) else {
            let what = format!("there are inspections named {short} and {long} already");
            let remedy = "open the missing one by hand: caseaudit inspection new NAME --provider P --period T --programme P";
            return Err(Problem::new(Code::AlreadyExists, what, remedy).into());
        };
        check_name(name, "the name of the inspection")?;
        Ok(name.clone())
    }

    fn is_national(&self, provider: &str) -> bool {
        let national = self.round.national.map(str::trim);
        national.is_some_and(|national| is_same(national, provider))
    }

    fn framework_of(&mut self, row: &InspectionRow) -> Result<Text, Problems> {
        if let Some((_, known)) = self
            .frameworks
            .iter()
            .find(|(hash, _)| *hash == row.framework)
        {
            return Ok(known.clone());
        }
        let (text, framework) = load_framework(self.store, row)?;
        let loaded: Text = (text.into(), Rc::new(framework));
        self.frameworks.push((row.framework, loaded.clone()));
        Ok(loaded)
    }
}
