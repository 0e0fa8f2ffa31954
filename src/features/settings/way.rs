//! The way an imagined order takes: which stages it passes, and why it leaves the others out.

use countersign_domain::order::{PreviewCase, preview};
use countersign_domain::workflow::{Stage, Workflow};

/// A stage and whether the order passes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stop {
    /// The stage.
    pub stage: Stage,
    /// Why it is left out; nothing where it is passed.
    pub skipped: Option<Skip>,
}

/// Why a stage is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Skip {
    /// It is switched off.
    Off,
    /// The review changes nothing that costs the customer.
    Unchanged,
    /// The order is below the amount, or there is none.
    Small,
    /// Nothing has to be made.
    InStock,
}

/// Every stage, in order, as such an order meets it.
pub fn way(workflow: &Workflow, case: PreviewCase) -> Vec<Stop> {
    let passed = preview(workflow, case);
    let stop = |stage: Stage| Stop {
        stage,
        skipped: (!passed.contains(&stage)).then(|| why(workflow, stage)),
    };
    Stage::ALL.map(stop).to_vec()
}

/// Why a stage that is left out is.
fn why(workflow: &Workflow, stage: Stage) -> Skip {
    match stage {
        stage if !workflow.stages.is_on(stage) => Skip::Off,
        Stage::CustomerConfirmation => Skip::Unchanged,
        Stage::ExecutiveApproval => Skip::Small,
        Stage::Production => Skip::InStock,
        // Every other stage that is on is passed.
        _ => Skip::Off,
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Money;

    use super::*;

    fn skipped(workflow: &Workflow, case: PreviewCase) -> Vec<(Stage, Skip)> {
        let stops = way(workflow, case).into_iter();
        stops
            .filter_map(|stop| stop.skipped.map(|why| (stop.stage, why)))
            .collect()
    }

    #[test]
    fn an_ordinary_order_leaves_out_what_it_does_not_need() {
        let mut workflow = Workflow::default();
        workflow.stages.set(Stage::ExecutiveApproval, true);
        workflow.stages.set(Stage::Ship, false);
        assert_eq!(
            skipped(&workflow, PreviewCase::default()),
            [
                (Stage::CustomerConfirmation, Skip::Unchanged),
                (Stage::ExecutiveApproval, Skip::Small),
                (Stage::Production, Skip::Off),
                (Stage::Ship, Skip::Off)
            ]
        );
    }

    #[test]
    fn a_changed_large_order_that_must_be_made_passes_everything_that_is_on() {
        let mut workflow = Workflow {
            executive_threshold: Some(Money::new(50_000, 0)),
            ..Workflow::default()
        };
        for stage in Stage::ALL {
            workflow.stages.set(stage, true);
        }
        let case = PreviewCase {
            total: Money::new(50_000, 0),
            changed_by_review: true,
            needs_production: true,
        };
        assert_eq!(skipped(&workflow, case), []);
    }
}
