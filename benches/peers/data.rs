//! Made-up cases and answers, the same on every machine and in every run.
//!
//! Files are written once into `target/bench-data` and used again. Must not know who reads them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use caseaudit::framework::Framework;

/// The framework that all made-up cases are of.
pub(crate) const FRAMEWORK: &str = include_str!("../bench.toml");

/// Cases of one inspection.
pub(crate) const INSPECTION_CASES: u32 = 270;

/// Cases of a nation: with 60 questions each, 15 million answers.
pub(crate) const NATION_CASES: u32 = 250_000;

/// Values of each piece of case information, with how often each occurs in a thousand cases; `region` is even.
const INFORMATION: [(&str, &[(&str, u64)]); 8] = [
    (
        "region",
        &[
            ("east-midlands", 83),
            ("east-of-england", 83),
            ("greater-manchester", 83),
            ("kent-surrey-and-sussex", 84),
            ("london", 84),
            ("north-east", 83),
            ("north-west", 84),
            ("south-central", 83),
            ("south-west", 83),
            ("wales", 83),
            ("west-midlands", 83),
            ("yorkshire-and-the-humber", 84),
        ],
    ),
    ("gender", &[("female", 130), ("male", 870)]),
    (
        "age",
        &[
            ("18-25", 190),
            ("26-35", 360),
            ("36-50", 320),
            ("over-50", 130),
        ],
    ),
    (
        "ethnicity",
        &[
            ("asian", 70),
            ("black", 80),
            ("mixed", 45),
            ("other", 15),
            ("white", 790),
        ],
    ),
    (
        "sentence",
        &[("community", 400), ("custody", 350), ("suspended", 250)],
    ),
    (
        "rosh",
        &[
            ("low", 220),
            ("medium", 530),
            ("high", 240),
            ("very-high", 10),
        ],
    ),
    (
        "offence",
        &[
            ("acquisitive", 180),
            ("drugs", 130),
            ("motoring", 90),
            ("other", 80),
            ("public-order", 90),
            ("sexual", 110),
            ("violence", 320),
        ],
    ),
    ("pop", &[("not-prolific", 930), ("prolific", 70)]),
];

/// One made-up case: its reference, its information in framework order, and a letter `Y N X` for each question.
pub(crate) struct Case {
    pub(crate) reference: String,
    pub(crate) information: [&'static str; 8],
    pub(crate) letters: Vec<u8>,
}

/// Marsaglia's xorshift, 64 bits: enough for made-up data and four lines long.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}

/// The first `count` cases of the made-up nation.
pub(crate) fn cases(count: u32) -> impl Iterator<Item = Case> {
    let mut random = Xorshift(0x9E37_79B9_7F4A_7C15);
    (1..=count).map(move |number| Case {
        reference: format!("C{number:07}"),
        information: INFORMATION.map(|(_, values)| {
            let mut rest = random.below(1000);
            let chosen = values.iter().find(|(_, often)| {
                let here = rest < *often;
                rest = rest.saturating_sub(*often);
                here
            });
            chosen.map_or("", |(value, _)| value)
        }),
        letters: letters(&mut random),
    })
}

fn letters(random: &mut Xorshift) -> Vec<u8> {
    let letter = |place: u64| match random.below(100) {
        // Questions differ, so that percentages do.
        said if said < 50 + place % 30 => b'Y',
        said if said < 92 => b'N',
        _ => b'X',
    };
    (0..60).map(letter).collect()
}

/// The ids of the case information, in framework order.
pub(crate) fn attributes() -> [&'static str; 8] {
    INFORMATION.map(|(id, _)| id)
}

/// The word of the file formats for a letter.
pub(crate) fn word(letter: u8) -> &'static str {
    match letter {
        b'Y' => "yes",
        b'N' => "no",
        _ => "na",
    }
}

/// Where made-up files are kept between runs.
pub(crate) fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
    fs::create_dir_all(&folder).expect("target/bench-data can be made");
    folder
}

/// A file of the folder, made by `write` unless an earlier run has made it.
pub(crate) fn once(name: &str, write: impl FnOnce(&Path)) -> PathBuf {
    let path = folder().join(name);
    if !path.exists() {
        eprintln!("making {name} …");
        let unfinished = folder().join(format!("{name}.unfinished"));
        fs::remove_file(&unfinished).ok();
        write(&unfinished);
        fs::rename(&unfinished, &path).expect("a finished file can be renamed");
    }
    path
}

/// A program put in its place by copying, as an installer does: one that was linked just now lies scattered in the memory of the
/// system, and takes longer to start than the same one after it was copied.
pub(crate) fn install(linked: &Path, name: &str) -> PathBuf {
    let installed = folder().join(name);
    fs::remove_file(&installed).ok();
    fs::copy(linked, &installed).expect("a program can be copied");
    installed
}

fn csv(name: &str, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> PathBuf {
    once(name, |path| {
        let mut file = BufWriter::new(File::create(path).expect("a file can be made"));
        write(&mut file).expect("a file can be written");
        file.flush().expect("a file can be written");
    })
}

/// `reference,sample,region,…`
pub(crate) fn cases_csv(count: u32) -> PathBuf {
    csv(&format!("cases-{count}.csv"), |file| {
        writeln!(file, "reference,sample,{}", attributes().join(","))?;
        for case in cases(count) {
            let information = case.information.join(",");
            writeln!(file, "{},case-supervision,{information}", case.reference)?;
        }
        Ok(())
    })
}

/// `reference,question,answer`
pub(crate) fn long_csv(count: u32) -> PathBuf {
    let questions = question_numbers();
    csv(&format!("answers-long-{count}.csv"), |file| {
        writeln!(file, "reference,question,answer")?;
        for case in cases(count) {
            for (question, letter) in questions.iter().zip(&case.letters) {
                writeln!(file, "{},{question},{}", case.reference, word(*letter))?;
            }
        }
        Ok(())
    })
}

/// `reference,2.1.1,2.1.1a,…`
pub(crate) fn wide_csv(count: u32) -> PathBuf {
    let questions = question_numbers();
    csv(&format!("answers-wide-{count}.csv"), |file| {
        writeln!(file, "reference,{}", questions.join(","))?;
        for case in cases(count) {
            let words: Vec<&str> = case.letters.iter().map(|letter| word(*letter)).collect();
            writeln!(file, "{},{}", case.reference, words.join(","))?;
        }
        Ok(())
    })
}

/// `number,standard,sample`
pub(crate) fn questions_csv() -> PathBuf {
    let framework = framework();
    csv("questions.csv", |file| {
        writeln!(file, "number,standard,sample")?;
        for standard in &framework.standards {
            for question in &standard.key_questions {
                let sample = question
                    .asked_of
                    .map(|(sample, _)| &framework.samples[sample].id);
                let sample = sample.map_or("", String::as_str);
                writeln!(file, "{},{},{sample}", question.number, standard.number)?;
            }
        }
        Ok(())
    })
}

/// The made-up framework, read and checked.
pub(crate) fn framework() -> Framework {
    Framework::parse(FRAMEWORK, "bench.toml").expect("bench.toml is a sound framework")
}

/// The numbers of the 60 questions, in the order of the sheet.
pub(crate) fn question_numbers() -> Vec<String> {
    let sample = framework().samples.swap_remove(0);
    let numbers = sample.questions.questions.into_iter();
    numbers.map(|question| question.number).collect()
}
