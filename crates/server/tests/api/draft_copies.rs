//! Drafts of two devices (crates/sync), made alike over HTTP.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use countersign_contract::draft::{DraftBody, DraftVersion, DraftsQuery, KeptDraft};
use countersign_contract::{NoContent, Page, Problem, QueryParams};
use countersign_domain::id::{DraftId, LineId, ProductId, VariantId};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use countersign_sync::draft::{Draft, Item};
use countersign_sync::drafts::copies::{Copies, CopiesWay, Round};
use countersign_sync::drafts::{Drafts, Kept, Listed};
use countersign_sync::memory::MemoryStore;
use countersign_sync::{Device, Reply};
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::json;
use uuid::Uuid;

use crate::fixture::noon;
use crate::support::{Client, Seen, TestServer, draft, send};

/// A device of somebody who is signed in.
struct Phone {
    client: Client,
    store: MemoryStore,
}

fn reply<T: DeserializeOwned>(seen: &Seen) -> Reply<T> {
    match seen.status {
        200..300 => {
            let body = if seen.body.is_empty() { "{}" } else { &seen.body };
            Reply::Answered(serde_json::from_str(body).expect("an answer"))
        }
        _ => Reply::Problem(
            serde_json::from_str::<Problem>(&seen.body)
                .expect("a problem")
                .kind,
        ),
    }
}

impl CopiesWay for &Phone {
    async fn list(&self, after: Option<&str>) -> Reply<Page<KeptDraft>> {
        let query = DraftsQuery {
            after: after.map(str::to_owned),
            // So that pages are walked.
            limit: Some(2),
            customer: None,
        };
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query.pairs())
            .finish();
        reply(&self.client.get(&format!("/drafts?{query}")).await)
    }

    async fn get(&self, id: DraftId) -> Reply<KeptDraft> {
        reply(&self.client.get(&format!("/drafts/{id}")).await)
    }

    async fn put(&self, id: DraftId, body: &DraftBody, key: &str, version: u64) -> Reply<DraftVersion> {
        let request = self.client.change(Method::PUT, &format!("/drafts/{id}"));
        let request = request
            .header("if-match", format!("\"{version}\""))
            .header("idempotency-key", key);
        reply(&send(request.json(body)).await)
    }

    async fn remove(&self, id: DraftId, version: u64) -> Reply<NoContent> {
        let request = self.client.change(Method::DELETE, &format!("/drafts/{id}"));
        reply(&send(request.header("if-match", format!("\"{version}\""))).await)
    }
}

impl Device for &Phone {
    fn now(&self) -> DateTime<Utc> {
        noon()
    }

    fn new_id(&self) -> Uuid {
        Uuid::new_v4()
    }

    fn chance(&self) -> u32 {
        0
    }
}

impl Phone {
    async fn of(server: &TestServer, login: &str) -> Self {
        Self {
            client: server.sign_in(login).await,
            store: MemoryStore::default(),
        }
    }

    fn drafts(&self) -> Drafts<&MemoryStore> {
        Drafts::new(&self.store)
    }

    async fn exchange(&self) -> Round {
        let round = Copies::new(&self.store, self, self).exchange().await;
        let round = round.expect("storage that works");
        assert!(round.is_complete, "{round:?}");
        round
    }

    /// Adds a line to a draft, which begins with it where there is none.
    async fn type_line(&self, id: DraftId) {
        let opened = self.drafts().open(id).await.expect("storage that works");
        let base = opened.as_ref().map(|opened| opened.version);
        let mut draft = opened.map_or_else(|| Draft::begin(id), |opened| opened.kept.draft);
        let line = LineId(Uuid::new_v4());
        let item = Item {
            product_id: ProductId(Uuid::new_v4()),
            variant_id: VariantId(line.0),
            sku: "DR-001".to_owned(),
            name: LocalText::new("矿泉水", "Spring water"),
            unit: Unit {
                code: "case".to_owned(),
                name: LocalText::new("箱", "case"),
                factor: Quantity::ONE,
            },
        };
        draft.add(item, Quantity::ONE, line).expect("room for a line");
        let kept = Kept {
            draft,
            changed_at: noon(),
        };
        self.drafts().save(&kept, base).await.expect("nobody was faster");
    }

    async fn remove(&self, id: DraftId) {
        let opened = self.drafts().open(id).await.expect("storage that works");
        let version = opened.expect("a draft to remove").version;
        self.drafts()
            .remove(id, version)
            .await
            .expect("nobody was faster");
    }

    /// Lines by draft.
    async fn lines(&self) -> BTreeMap<DraftId, usize> {
        let all = self.drafts().list().await.expect("storage that works");
        all.into_iter()
            .map(|listed| match listed {
                Listed::Draft(opened) => (opened.kept.draft.id, opened.kept.draft.lines.len()),
                Listed::Unreadable { key, .. } => panic!("{key} can't be read"),
            })
            .collect()
    }
}

#[tokio::test]
async fn two_devices_come_to_have_the_same_drafts() {
    let server = TestServer::start().await;
    let (phone, desk) = (Phone::of(&server, "anna").await, Phone::of(&server, "anna").await);
    let ids: Vec<DraftId> = (0..5).map(|_| DraftId(Uuid::new_v4())).collect();
    for id in &ids {
        phone.type_line(*id).await;
    }
    phone.exchange().await;
    assert_eq!(desk.exchange().await.changed.len(), 5);
    assert_eq!(desk.lines().await, phone.lines().await);

    desk.type_line(ids[0]).await;
    desk.remove(ids[1]).await;
    desk.exchange().await;
    phone.exchange().await;
    assert_eq!(desk.lines().await, phone.lines().await);
    assert_eq!(phone.lines().await[&ids[0]], 2);
    assert_eq!(phone.lines().await.len(), 4);
    assert_eq!(
        phone.exchange().await,
        Round {
            is_complete: true,
            ..Round::default()
        }
    );

    // Both go on without knowing of each other.
    phone.type_line(ids[2]).await;
    phone.exchange().await;
    desk.type_line(ids[2]).await;
    let differing = desk.exchange().await.differing;
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].1.draft.lines.len(), 2);
}

#[tokio::test]
async fn a_draft_that_became_an_order_elsewhere_is_no_draft_any_more() {
    let server = TestServer::start().await;
    let (phone, desk) = (Phone::of(&server, "anna").await, Phone::of(&server, "anna").await);
    let mut submission = draft();
    let [left, typed] = [DraftId(Uuid::new_v4()), DraftId(Uuid::new_v4())];
    for id in [left, typed] {
        phone.type_line(id).await;
        phone.exchange().await;
    }
    desk.exchange().await;
    for id in [left, typed] {
        submission["draft_id"] = json!(id);
        submission["lines"][0]["id"] = json!(Uuid::new_v4());
        let seen = phone.client.submit(&submission).await;
        assert_eq!(seen.status, 201, "{}", seen.body);
    }
    desk.type_line(typed).await;
    let round = desk.exchange().await;
    assert_eq!(round.changed, [left]);
    assert_eq!(round.copied.len(), 1);
    let copy = round.copied[0].1;
    assert_eq!(desk.lines().await, BTreeMap::from([(copy, 2)]));
}
