//! What becomes of the server's copy of a draft that is submitted.

use countersign_contract::ProblemKind;
use countersign_domain::money::Money;

use super::{DRAFT, World, accepted, now, submission};
use crate::Reply;

#[test]
fn what_is_submitted_says_which_copy_it_was_written_from() {
    let world = World::default();
    let entry = world.submit();
    assert!(
        entry.frozen.body.contains("\"copy_version\":0"),
        "{}",
        entry.frozen.body
    );
    now(world.outbox().take_back(DRAFT)).expect("it was never sent");
    world.knows_copy(7);
    let opened = world.opened(DRAFT);
    let entry = now(world.outbox().submit(&opened, submission("first"), Money::ZERO)).expect("a free outbox");
    assert!(
        entry.frozen.body.contains("\"copy_version\":7"),
        "{}",
        entry.frozen.body
    );
}

#[test]
fn the_copy_of_what_leaves_the_outbox_is_to_be_removed() {
    let ends: [fn(&World); 3] = [
        |world| {
            let entry = world.held().entry;
            world.send(Reply::Answered(accepted(&entry)));
        },
        |world| now(world.outbox().discard(&world.held().entry)).expect("it was never sent"),
        |world| {
            world.send(Reply::Problem(ProblemKind::DraftWithdrawn));
            now(world.outbox().take_back(DRAFT)).expect("the server never takes it");
        },
    ];
    for end in ends {
        let world = World::default();
        world.submit();
        world.knows_copy(7);
        end(&world);
        assert_eq!(world.removed_copy(), Some(7));
    }
    let world = World::default();
    world.submit();
    world.knows_copy(7);
    now(world.outbox().take_back(DRAFT)).expect("it was never sent");
    assert_eq!(world.removed_copy(), None, "it is the same draft again");
}
