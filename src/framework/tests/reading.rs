//! The form of a framework says all of it, and another form has another number.

use sha2::{Digest, Sha256};

use super::{EXAMPLE, draw, measured};
use crate::framework::{Framework, READ_BY, builtins};

/// The built-in frameworks, that of the benchmarks, and small ones that use every part of the format.
fn frameworks() -> Vec<Framework> {
    let mut texts: Vec<String> = builtins().iter().map(|known| known.text.into()).collect();
    texts.push(include_str!("../../../benches/bench.toml").into());
    texts.push(
        EXAMPLE
            .replace("[overall]", "[disclosure]\nsmallest_group = 5\n[overall]")
            .replace("good = 50", "band_on = \"exact\"\ngood = 50")
            .replace(
                "[[standard.question]]\n",
                "[[standard.question]]\ntold = \"no\"\n",
            ),
    );
    texts.push(measured::EXAMPLE.into());
    texts.push(draw::with_draw("margin = 5", "margin = 5"));
    let read = texts.iter().map(|text| Framework::parse(text, "f"));
    read.map(|read| read.unwrap_or_else(|problems| panic!("{problems}")))
        .collect()
}

#[test]
fn what_was_read_once_is_the_same_when_it_is_read_from_its_form() {
    for framework in frameworks() {
        let form = framework.to_form().unwrap();
        let again = Framework::from_form(&form).unwrap();
        assert_eq!(again, framework);
        // Equal figures can be written in several ways, and are shown as they were.
        assert_eq!(again.to_form().unwrap(), form);
    }
}

#[test]
fn another_form_has_another_number() {
    let forms: String = frameworks().iter().filter_map(Framework::to_form).collect();
    let hash: String = Sha256::digest(&forms)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        (hash.as_str(), READ_BY),
        (
            "8bd3f43acbf0ae81a088a610cb63cd80b1cbf823f3a7b4f270c6c757bd637e9e",
            concat!(env!("CARGO_PKG_VERSION"), "/1")
        ),
        "the form changed: raise its number in READ_BY, then set hash and number here (a new version of the program alone needs \
         no new number, nor does a framework whose text was changed)"
    );
}

#[test]
fn a_text_that_is_no_form_is_none() {
    let form = frameworks()[0].to_form().unwrap();
    let shorter = form.trim_end_matches('}');
    let less = form.replacen("\"edition\":", "\"printing\":", 1);
    for text in ["", "{}", "[]", "null", "id = \"small\"", shorter, &less] {
        assert_eq!(Framework::from_form(text), None);
    }
}
