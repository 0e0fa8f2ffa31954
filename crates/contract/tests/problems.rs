//! Problem details travel unharmed.

use countersign_contract::problem::PROBLEM_STATUSES;
use countersign_contract::{FieldError, Problem, ProblemKind};
use countersign_domain::order::Rejection;
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;

#[test]
fn a_problem_survives_the_way_there_and_back() {
    let kinds = [
        ProblemKind::Unauthenticated,
        ProblemKind::Forbidden {
            reason: DenyReason::NeedsPermission {
                permission: Permission::OrderVoid,
            },
        },
        ProblemKind::Rejected {
            rejection: Rejection::ReasonMissing,
        },
        ProblemKind::Stale { version: 7 },
        ProblemKind::InvalidInput {
            errors: vec![FieldError {
                pointer: "/lines/3/quantity".to_owned(),
                code: countersign_contract::problem::FieldCode::TooSmall,
            }],
        },
    ];
    for kind in kinds {
        let problem = Problem::from(kind);
        let text = serde_json::to_string(&problem).expect("a problem is plain data");
        assert_eq!(
            serde_json::from_str::<Problem>(&text).expect("it reads back"),
            problem,
            "{text}"
        );
        assert!(
            PROBLEM_STATUSES.contains(&problem.status),
            "{} is not documented",
            problem.status
        );
    }
}

#[test]
fn the_type_is_a_stable_path() {
    let json = serde_json::to_value(Problem::from(ProblemKind::DraftWithdrawn)).expect("plain data");
    assert_eq!(json["type"], "/problems/draft-withdrawn");
    assert_eq!(json["status"], 410);
}
