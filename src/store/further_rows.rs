//! Further assessments, resolutions and examples as plain values.
//!
//! These tables are small: `CROSS JOIN` starts from them and not from all cases. Must not write, and must not know what is shown to whom.

use rusqlite::Row;

use super::failure::damaged;
use super::further::read_sheet;
use super::read::place;
use super::{Reader, ThingId};
use crate::model::{Answer, Mark, Practice, Problems, Role, Sheet};

/// A further assessment of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurtherRow {
    /// The case.
    pub case: ThingId,
    /// Why it was made.
    pub role: Role,
    /// Who made it.
    pub assessor: String,
    /// Whether it is submitted.
    pub submitted: bool,
    /// Its answers.
    pub sheet: Sheet,
    /// What it is compared with; `None` until both it and the case's own assessment are submitted, and for exercises.
    pub against: Option<AgainstRow>,
}

/// The case's own assessment as it stood when both were submitted for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgainstRow {
    /// Its answers.
    pub sheet: Sheet,
    /// Who was to assess it; empty where nobody was named.
    pub assessor: String,
    /// Who assessed it together with them; empty for nobody.
    pub joint_assessor: String,
}

impl FurtherRow {
    /// Whether it and the case's own assessment have been laid side by side, so that neither is hidden any more;
    /// `own_is_submitted` is how the latter stands now.
    #[must_use]
    pub fn is_compared(&self, own_is_submitted: bool) -> bool {
        match self.role {
            Role::Second => self.against.is_some(),
            Role::Exercise => self.submitted && own_is_submitted,
        }
    }
}

/// How a disagreement was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolutionRow {
    /// The case.
    pub case: ThingId,
    /// The question's place on the sheet.
    pub place: usize,
    /// The final answer.
    pub answer: Answer,
    /// The reason.
    pub because: String,
    /// Who resolved it.
    pub who: String,
}

/// A note that is an example of practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleRow {
    /// The case.
    pub case: ThingId,
    /// The question's place on the sheet.
    pub place: usize,
    /// What it is an example of.
    pub practice: Practice,
    /// The number of the standard that it belongs to.
    pub standard: String,
    /// The note.
    pub note: String,
}

impl Reader<'_> {
    /// Every further assessment of an inspection's cases, or of one of them, in the order of the cases and then of names.
    ///
    /// # Errors
    /// What the database reports; a sheet with a strange letter.
    pub fn further(
        self,
        inspection: ThingId,
        case: Option<ThingId>,
    ) -> Result<Vec<FurtherRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT casefile.id, role, further.assessor, further.submitted, further.sheet, against,
                    against_assessor, against_joint
               FROM further CROSS JOIN casefile ON casefile.seq = further.casefile
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?1) AND (?2 IS NULL OR casefile.id = ?2)
              ORDER BY further.casefile, role, further.assessor",
        )?;
        let mut rows = statement.query((inspection, case))?;
        let mut further = Vec::new();
        while let Some(row) = rows.next()? {
            further.push(further_row(row)?);
        }
        Ok(further)
    }

    /// The notes of the further assessments of an inspection's cases with this role and assessor: case, question place, text.
    ///
    /// # Errors
    /// What the database reports.
    pub fn further_notes(
        self,
        inspection: ThingId,
        role: Role,
        assessor: &str,
    ) -> Result<Vec<(ThingId, usize, String)>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT casefile.id, place, text
               FROM further_note CROSS JOIN casefile ON casefile.seq = further_note.casefile
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) AND role = ? AND further_note.assessor = ?
              ORDER BY casefile, place",
        )?;
        let rows = statement.query_map((inspection, role.word(), assessor), |row| {
            Ok((row.get(0)?, place(row.get(1)?), row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who recorded answers or notes of the cases' own assessments: case and name, each once, in order of name; of one case,
    /// or of all.
    ///
    /// # Errors
    /// What the database reports.
    pub fn recorders(self, case: Option<ThingId>) -> Result<Vec<(ThingId, String)>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT subject, who FROM entry JOIN action ON action.seq = entry.action
              WHERE kind IN ('answers', 'assessment') AND (?1 IS NULL OR subject = ?1) ORDER BY who",
        )?;
        let rows = statement.query_map([case], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every resolution of an inspection, by case and question.
    ///
    /// # Errors
    /// What the database reports.
    pub fn resolutions(self, inspection: ThingId) -> Result<Vec<ResolutionRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT casefile.id, place, answer, because, who
               FROM resolution CROSS JOIN casefile ON casefile.seq = resolution.casefile
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?) ORDER BY casefile, place",
        )?;
        let mut rows = statement.query([inspection])?;
        let mut resolutions = Vec::new();
        while let Some(row) = rows.next()? {
            let letter: String = row.get(2)?;
            let mark = letter.bytes().next().and_then(Mark::from_letter);
            let answer = mark.and_then(Mark::said);
            resolutions.push(ResolutionRow {
                case: row.get(0)?,
                place: place(row.get(1)?),
                answer: answer.ok_or_else(|| damaged("a resolution has a strange answer"))?,
                because: row.get(3)?,
                who: row.get(4)?,
            });
        }
        Ok(resolutions)
    }

    /// Every note of an inspection that is marked as an example, by case and question.
    ///
    /// # Errors
    /// What the database reports.
    pub fn examples(self, inspection: ThingId) -> Result<Vec<ExampleRow>, Problems> {
        let mut statement = self.connection.prepare_cached(
            "SELECT casefile.id, example.place, practice, standard, text
               FROM example
              CROSS JOIN casefile ON casefile.seq = example.casefile
               CROSS JOIN note ON note.casefile = example.casefile AND note.place = example.place
              WHERE inspection = (SELECT seq FROM inspection WHERE id = ?)
              ORDER BY example.casefile, example.place",
        )?;
        let mut rows = statement.query([inspection])?;
        let mut examples = Vec::new();
        while let Some(row) = rows.next()? {
            let practice: String = row.get(2)?;
            examples.push(ExampleRow {
                case: row.get(0)?,
                place: place(row.get(1)?),
                practice: Practice::parse(&practice)
                    .ok_or_else(|| damaged("an example is of strange practice"))?,
                standard: row.get(3)?,
                note: row.get(4)?,
            });
        }
        Ok(examples)
    }
}

fn further_row(row: &Row<'_>) -> Result<FurtherRow, Problems> {
    let (role, letters): (String, String) = (row.get(1)?, row.get(4)?);
    let against: Option<String> = row.get(5)?;
    let against = against.map(|letters| {
        Ok::<_, Problems>(AgainstRow {
            sheet: read_sheet(&letters)?,
            assessor: row.get(6)?,
            joint_assessor: row.get(7)?,
        })
    });
    Ok(FurtherRow {
        case: row.get(0)?,
        role: Role::parse(&role)
            .ok_or_else(|| damaged("a further assessment has a strange role"))?,
        assessor: row.get(2)?,
        submitted: row.get(3)?,
        sheet: read_sheet(&letters)?,
        against: against.transpose()?,
    })
}
