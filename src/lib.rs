//! `caseaudit`: record, rate and publish audits of probation cases.
//!
//! The program is [`cli::run`]. This page is for those who read the code for the first time; `README.md` is for those who use it.
//!
//! # Words
//!
//! These words are used everywhere, in code, messages and files, without synonyms.
//!
//! | word | meaning |
//! |---|---|
//! | framework | one edition of a published set of standards and its rating rules, such as HMI Probation, NPS divisions, 2018/19 |
//! | reading | what the program made of the text of a framework, kept beside it so that the text need not be read anew |
//! | domain, standard, key question, prompt | 2 Case supervision, 2.1 Assessment, 2.1.1 …, 2.1.1a …: each is part of the one before |
//! | provider | the service that is inspected: a division, region, trust or delivery unit |
//! | inspection | one provider, rated under one framework for one period |
//! | programme | the inspections of one round, taken together |
//! | period | what an inspection's figures are about, such as 2023-24 |
//! | national figure | of the whole nation: shown beside the providers, never counted among them |
//! | sample | a kind of case, with questions of its own: case supervision, court reports, victim work |
//! | population | the cases from which a sample can be drawn: those of an extract that are eligible |
//! | stratum, unit | a part of the population with a share of its own in the sample, and where a case is worked on |
//! | draw, seed | the choice of a sample's cases by a published rule, and the number from which it follows |
//! | reserve | a case that was drawn on top, called up in place of one that is replaced |
//! | interest | why an assessor may not assess a case |
//! | case | one selected individual, report or contact in a sample, known by a reference, never by a name |
//! | case information | the attributes of a case: gender, risk of serious harm, local delivery unit … |
//! | group | the cases that share a value of one piece of case information |
//! | suppressed | kept back, `[c]`, so that nobody can be recognised: figures of a small group, and of others that would tell them |
//! | assessment | one assessor's answers for one case |
//! | joint assessment | the answers that two assessors give together: it counts once, under the first |
//! | further assessment | one beside that, counted nowhere: a second, independent one, or an answer to an exercise |
//! | exercise | a case that everybody answers, to be compared with the agreed answers, which are its own; counted nowhere |
//! | resolution | the final answer where the first and the second assessment differ; both originals stay |
//! | example | a note that shows effective or poor practice, tagged to a standard |
//! | answer | yes, no or not applicable, with a note |
//! | state | what a question is in: yes, no, not applicable, *not asked* (a rule says so) or *unanswered* |
//! | parked | an answer whose question does not apply at present: kept, counted nowhere, back if it applies again |
//! | answer sheet | the answers of an assessment as one text, a letter for each question in framework order |
//! | applicable cases | the cases to which a question applies: its sub-sample |
//! | tally | how many cases stand in each of the five states, for one question |
//! | percent yes | yes ÷ (yes + no), over the applicable cases of submitted assessments |
//! | rating | a place on the framework's scale, such as Good |
//! | measure | an indicator with one value for each provider and period, such as the percentage of orders completed: recorded, or taken from an audit's percent yes |
//! | part | what a rule makes a rating of: a key question, a measure, or a standard that another sums up |
//! | judgement | a rating that people set, with a reason: of a judged standard, or by a panel's discretion |
//! | moderation | a proposal to move the overall rating on further evidence, and the decision; both ratings are shown |
//! | annex | the published tables of an inspection |
//! | publication | the annex as it was when the inspection was closed: stored whole, and shown from then on |
//! | basis | what the figures of an inspection rest on, as one text: its checksum tells later whether that is still the same, whatever was redacted |
//! | revision | a publication after the first: the inspection was reopened with a reason, and figures that differ are marked |
//! | agreement | how often two assessors gave the same answer to the same question of the same case; kappa and AC1 take off what chance would give |
//! | entry | one change to the record: who, when, on which device, what, why; never removed, and never changed but to redact it |
//! | merge | add the entries of another copy of the record |
//! | conflict | one thing that people set to different values without having seen each other's entry |
//! | settle | say with a reason which value of a conflict holds |
//! | redact | take the free text out of an entry |
//! | problem | one thing that is wrong with what a person gave: code, place, what, remedy |
//!
//! # The flow
//!
//! ```text
//! framework.toml ─ check ─┐
//! cases … measures import ┤                      ┌ tallies ────┐
//! terminal ─────── forms ─┼─► entries ─► store ──┤             ├─► rating ─► report tables ─► writers ─► annex
//!                         │  (the one door)      └ judgements ─┘
//! ```
//!
//! Everything that changes the record is an entry. An entry is appended to the log and applied to the state in one
//! transaction, by one function ([`store::Store::write`]), whoever asks for it. Entries of other copies come in by
//! [`store::Store::merge`], after which the state is made anew by the same functions. Tallies are the only bridge from answers to
//! ratings, and a rating is a pure function of framework, tallies, measurements, judgements and moderation
//! ([`rating::rate_inspection`]).
//!
//! # Modules
//!
//! | module | holds | may import | must not know |
//! |---|---|---|---|
//! | [`model`] | plain values: answer, sheet, case, entry, tally, share, problem | nothing | serde, SQL, the clock, any input or output |
//! | [`framework`] | TOML to a checked framework, and the form in which it is kept; built-in editions | `model` | cases, answers, the store |
//! | [`rating`] | framework, tallies, measurements and judgements to ratings, each with its reason | `model`, `framework` | the clock, files, the record, anything random |
//! | [`sampling`] | population to sample: size, allocation with its trail, draw, who gets which case | `model` | framework files, the record, the clock, anything random |
//! | [`statistics`] | agreement between assessors, intervals, samples drawn again by lot, and which figures are suppressed: figures that only describe | `model` | ratings, frameworks, the record, where a seed comes from; nothing may be decided by it |
//! | [`store`] | SQLite: open, entry log, state, tallies, merge, redaction, check, backup; the only home of rusqlite | `model` | framework files, ratings, reports |
//! | [`exchange`] | files in: CSV and workbooks; what a workbook is made of | `model`, `framework` | the store, the clock, which answers apply |
//! | [`rubric`] | the rules for published spreadsheets, and where a workbook breaks them | `exchange` | files and their formats, ratings, how findings are shown |
//! | [`report`] | ratings to tables to bytes; its writers see tables only | `model`, `framework`, `rating`, `statistics`, `rubric` | the store; writers: what a rating or a percent is |
//! | [`casework`] | the use cases: one function for each thing that a person does | all above | how anything is typed or printed |
//! | [`cli`] | arguments, messages, exit codes; no rules of its own | `casework`, `report`, `model` | rules, SQL, file formats |
//!
//! Who works, when, on which device, and where new ids come from are arguments ([`casework::Desk`]).
//!
//! # Numbers
//!
//! - Counts are kept to the end. A share is a numerator and a denominator ([`model::Share`]).
//! - Rounding happens once, in [`model::Share::percent`]: to a whole percent, half up. Bands compare integers: the rounded percent
//!   (`band_on = "rounded"`), so that what is printed never contradicts the rating, or the exact share (`"exact"`).
//! - No float decides anything. Roots and quantiles are taken in [`statistics`] alone, whose figures describe, and leave it as
//!   decimals.
//! - Nothing missing is ever 0. *Unanswered*, *not asked*, *not applicable*, *no cases* and *not rated* are variants, each with
//!   a printed form of its own.
//!
//! # What never happens
//!
//! - No rule, threshold or title of an inspectorate is a constant in Rust: they stand in the framework file.
//! - No entry is removed, none is changed but to redact it, and nothing is written past the log.
//! - No clock decides anything, and no order in which files are merged: the state is a function of the set of entries.
//! - No work is lost because somebody else did something else meanwhile: both values are kept until a person settles it.
//! - No half of an import is stored: a file is taken whole or not at all.
//! - No answer is lost because its question stops applying, and none is counted while it does not apply.
//! - No figure of agreement rests on an answer that was given, or changed, with knowledge of the other assessment.
//! - No draft counts in a rating, unless the rating calls itself indicative.
//! - No rating is moved by the program: it says that a panel may consider it, and people decide.
//! - No figure is computed in two places, and none in a writer.
//! - No published figure changes: not with the record, and not with the program. What differs is said by `check`.
//! - Nothing below `cli` reads the clock, the environment or randomness, or prints.
//! - No name or date of birth of an extract is stored, not even as a hash: they serve while it is read.
//! - No figure of a small group of cases stands in an annex unless that is asked for, nor can one be worked out from the table that
//!   keeps it back; what several tables tell together, [`statistics`] does not promise.
//! - No name of a person is asked for, and nothing is sent over a network.
//! - No input makes the program panic.

pub mod casework;
pub mod cli;
pub mod exchange;
pub mod framework;
pub mod model;
pub mod rating;
pub mod report;
pub mod rubric;
pub mod sampling;
pub mod statistics;
pub mod store;
