//! In which order the questions of a case are asked. Must not know the answers of any case.

use crate::model::{Condition, QuestionSet};

/// The prompts of a key question, then the key question that sums them up. Prompts that hang on the key question's
/// answer follow it: before it nobody can know whether they apply.
pub(super) fn asking_order(questions: &QuestionSet) -> Vec<usize> {
    let mut order = Vec::with_capacity(questions.questions.len());
    for (place, question) in questions.questions.iter().enumerate() {
        if !question.is_prompt {
            let mut follow_up = vec![place];
            for prompt in questions.prompts_of(place) {
                let condition = questions
                    .questions
                    .get(prompt)
                    .and_then(|prompt| prompt.applies_when.as_ref());
                if condition.is_some_and(|condition| looks_at(condition, &follow_up)) {
                    follow_up.push(prompt);
                } else {
                    order.push(prompt);
                }
            }
            order.append(&mut follow_up);
        } else if question.key_question.is_none() {
            order.push(place);
        }
    }
    order
}

/// Whether a condition hangs on the answer to one of these questions.
fn looks_at(condition: &Condition, questions: &[usize]) -> bool {
    match condition {
        Condition::Information { .. } => false,
        Condition::Answered { question, .. } => questions.contains(question),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(|part| looks_at(part, questions))
        }
        Condition::Not(part) => looks_at(part, questions),
    }
}
