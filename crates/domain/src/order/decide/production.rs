//! Production: what is finished, and that it is done.

use crate::order::decide::{Draft, finance};
use crate::order::{Fact, PassStage, ProducedLine, Rejection, ReportProduction};
use crate::plan;
use crate::policy::Action;
use crate::workflow::Stage;

pub(super) fn report(draft: &mut Draft<'_>, body: ReportProduction) -> Result<(), Rejection> {
    draft.allow(Action::Produce)?;
    finance::check_deposit(draft)?;
    let mut lines: Vec<ProducedLine> = Vec::new();
    for reported in body.lines {
        let line_id = reported.line_id;
        let line = draft
            .order
            .line(line_id)
            .ok_or(Rejection::UnknownLine { line_id })?;
        if lines.iter().any(|known| known.line_id == line_id) {
            return Err(Rejection::DuplicateLine { line_id });
        }
        if reported.produced > line.deliverable() {
            return Err(Rejection::QuantityTooLarge {
                line_id,
                maximum: line.deliverable(),
            });
        }
        if reported.produced != line.produced {
            lines.push(reported);
        }
    }
    if lines.is_empty() {
        return Err(Rejection::NothingToDo);
    }
    draft.emit(Fact::ProductionReported { lines });
    Ok(())
}

pub(super) fn pass(draft: &mut Draft<'_>, body: PassStage) -> Result<(), Rejection> {
    draft.allow(Action::Produce)?;
    finance::check_deposit(draft)?;
    if let Some(line) = plan::unfinished(&draft.order).first() {
        return Err(Rejection::ProductionUnfinished { line_id: line.id });
    }
    draft.pass(Stage::Production, body.note, false)
}
