//! Orders that staff submit on behalf of customers.

use countersign_domain::id::CustomerId;
use countersign_domain::money::Money;
use uuid::Uuid;

use super::{DRAFT, World, accepted, now, submission};
use crate::outbox::{Entry, Heard};
use crate::{Reply, fingerprint};

const TEA_HOUSE: CustomerId = CustomerId(Uuid::from_u128(21));
const KIOSK: CustomerId = CustomerId(Uuid::from_u128(22));

impl World {
    fn submit_for(&self, customer: CustomerId) -> Entry {
        // What the screen wrote into it counts for nothing.
        let mut written = submission("first");
        written.customer_id = Some(CustomerId(Uuid::from_u128(99)));
        let outbox = self.outbox().for_customer(Some(customer));
        now(outbox.submit(&self.write(), written, Money::ZERO)).expect("a free outbox")
    }
}

fn says(body: &str, customer: CustomerId) -> bool {
    body.contains(&format!("\"customer_id\":\"{customer}\""))
}

#[test]
fn the_customer_stands_in_the_frozen_bytes_and_every_attempt_sends_them() {
    let world = World::default();
    let entry = world.submit_for(TEA_HOUSE);
    assert!(says(&entry.frozen.body, TEA_HOUSE), "{}", entry.frozen.body);
    world.send(Reply::Silence);
    world.pass(600);
    // Even an outbox of the same store that is for somebody else sends what was frozen, and only that is acknowledged.
    world
        .answers
        .borrow_mut()
        .push_back(Reply::Answered(accepted(&entry)));
    let other = world.outbox().for_customer(Some(KIOSK));
    let round = now(other.send_due(true)).expect("storage that works");
    assert!(matches!(round.heard.as_slice(), [(id, Heard::Accepted { .. })] if *id == DRAFT));
    let sent = world.sent.borrow();
    let bodies: Vec<&str> = sent.iter().map(|(_, body)| body.as_str()).collect();
    assert_eq!(bodies, [&entry.frozen.body; 2]);
}

#[test]
fn an_acknowledgement_of_the_same_draft_for_another_customer_ends_nothing() {
    let world = World::default();
    let entry = world.submit_for(TEA_HOUSE);
    let forged = entry
        .frozen
        .body
        .replace(&TEA_HOUSE.to_string(), &KIOSK.to_string());
    let mut answer = accepted(&entry);
    answer.fingerprint = fingerprint::fingerprint(&forged);
    assert!(matches!(world.send(Reply::Answered(answer)), Heard::Unknown(_)));
    assert_eq!(world.held().entry.frozen, entry.frozen, "it waits as it was");
}

#[test]
fn what_is_taken_back_and_submitted_anew_is_for_the_same_customer() {
    let world = World::default();
    world.submit_for(TEA_HOUSE);
    let outbox = world.outbox().for_customer(Some(TEA_HOUSE));
    now(outbox.take_back(DRAFT)).expect("it was never sent");
    let opened = world.opened(DRAFT);
    let entry = now(outbox.submit(&opened, submission("second"), Money::ZERO)).expect("a free outbox");
    assert!(says(&entry.frozen.body, TEA_HOUSE), "{}", entry.frozen.body);
}

#[test]
fn a_customers_own_account_says_no_customer() {
    let world = World::default();
    let mut written = submission("first");
    written.customer_id = Some(TEA_HOUSE);
    let entry = now(world.outbox().submit(&world.write(), written, Money::ZERO)).expect("a free outbox");
    assert!(
        !entry.frozen.body.contains("customer_id"),
        "{}",
        entry.frozen.body
    );
}

#[test]
fn the_outboxes_for_two_customers_send_nothing_of_each_other() {
    let (tea_house, kiosk) = (World::default(), World::default());
    let (first, second) = (tea_house.submit_for(TEA_HOUSE), kiosk.submit_for(KIOSK));
    tea_house.send(Reply::Answered(accepted(&first)));
    assert!(tea_house.contents().entries.is_empty());
    assert!(kiosk.sent.borrow().is_empty());
    assert_eq!(kiosk.contents().entries.len(), 1, "the other one still waits");
    kiosk.send(Reply::Answered(accepted(&second)));
    assert!(says(&kiosk.sent.borrow()[0].1, KIOSK));
    assert!(!says(&kiosk.sent.borrow()[0].1, TEA_HOUSE));
}
