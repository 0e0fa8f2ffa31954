//! What a submission is refused for beyond its single lines.

use countersign_domain::quantity::{Quantity, QuantityRule};
use serde_json::json;
use uuid::Uuid;

use crate::fixture::GREEN_TEA;
use crate::reorder::{store, tea};
use crate::support::{TestServer, draft};

#[tokio::test]
async fn the_most_of_a_variant_is_the_most_in_all_lines_together() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let mut scarce = tea(0x0901, true, &[(GREEN_TEA, 1)], 1250);
    scarce.variants[0].rule = QuantityRule {
        maximum: Some(Quantity::whole(6)),
        ..QuantityRule::default()
    };
    store(&server, vec![(1, scarce)]).await;
    let mut draft = draft();
    let mut second = draft["lines"][0].clone();
    second["id"] = json!(Uuid::new_v4());
    draft["lines"].as_array_mut().expect("lines").push(second);
    let refused = anna.submit(&draft).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (409, "submission-changed".to_owned()),
        "4 and 4 are more than 6"
    );
    let changes = refused.json()["changes"].clone();
    assert_eq!(changes.as_array().map(Vec::len), Some(1));
    assert_eq!(changes[0]["line_id"], draft["lines"][1]["id"]);
    assert_eq!(
        (&changes[0]["breach"]["kind"], &changes[0]["breach"]["bound"]),
        (&json!("maximum"), &json!("6"))
    );
    draft["rev"] = json!(2);
    draft["lines"][1]["quantity"] = json!("2");
    assert_eq!(anna.submit(&draft).await.status, 201);
}
