//! Walks one by one.

use super::super::End;
use super::super::manifest::Kept;
use super::*;
use crate::catalog::Progress;

fn whole_of(world: &World) -> (usize, usize) {
    match world.manifest().expect("a manifest").kept {
        Kept::Whole(whole) => (whole.pieces.len(), whole.base),
        other => panic!("a whole catalog, not {other:?}"),
    }
}

#[test]
fn a_first_walk_writes_every_product_once_and_tells_how_far_it_is() {
    let world = World::with(1_000, 3_500);
    let mut told = Vec::new();
    let device = &world;
    let walk = now(world.copy().sync(&device, &device, |so_far| told.push(so_far)));
    let end = End::UpToDate;
    assert_eq!(
        walk,
        Ok(Walk {
            products: 3_500,
            removed: 0,
            end
        })
    );
    let steps = [1_000, 2_000, 3_000, 3_500];
    assert_eq!(told, steps.map(|products| Progress { products }));
    assert_eq!(world.written.get(), 3_500);
    assert_eq!(whole_of(&world), (4, 4));
    assert_eq!(world.loaded(), world.shop.borrow().on_sale());
}

#[test]
fn nothing_new_writes_nothing_but_when_that_was() {
    let world = World::with(10, 5);
    world.sync();
    let written = world.written.get();
    world.seconds.set(60);
    let end = End::UpToDate;
    assert_eq!(
        world.sync(),
        Walk {
            products: 0,
            removed: 0,
            end
        }
    );
    assert_eq!(world.written.get(), written);
    assert_eq!(world.load().expect("a copy").at(), Some(moment(60)));
    assert_eq!(whole_of(&world), (1, 1));
}

#[test]
fn what_was_loaded_is_confirmed_until_something_changes() {
    let world = World::with(10, 5);
    world.sync();
    let loaded = world.load().expect("a copy");
    let confirmed = || now(world.copy().confirms(&loaded)).expect("storage that works");
    world.seconds.set(60);
    world.sync();
    assert!(confirmed());
    assert_eq!(
        loaded.at(),
        Some(moment(60)),
        "it need not be loaded to know that it is current"
    );
    world.put(3, "other");
    assert!(confirmed(), "the copy has not changed yet");
    world.sync();
    assert!(!confirmed());
    let other = world.load().expect("a copy");
    assert!(now(world.copy().confirms(&other)).expect("storage that works"));
    world.other_viewer();
    world.sync();
    assert!(!now(world.copy().confirms(&other)).expect("storage that works"));
    now(world.copy().clear()).expect("storage that works");
    assert!(!now(world.copy().confirms(&other)).expect("storage that works"));
}

#[test]
fn a_walk_that_was_cut_off_goes_on_from_there() {
    let world = World::with(2, 7);
    let device = &world;
    let copy = world.copy();
    let mut walk = Box::pin(copy.sync(&device, &device, |_| {}));
    for _ in 0..5 {
        assert!(poll(walk.as_mut()).is_pending());
    }
    drop(walk);
    let catalog = world.load().expect("what came so far");
    assert_eq!((catalog.products().len(), catalog.at()), (4, None));
    assert!(!catalog.is_complete() && catalog.is_walking());
    world.shop.borrow_mut().asked.clear();
    assert_eq!(world.sync().products, 3);
    assert_eq!(world.shop.borrow().asked.first(), Some(&Some("4.1".to_owned())));
    assert!(world.load().expect("a copy").is_complete());
}

#[test]
fn silence_and_refusals_end_a_walk_and_keep_what_came() {
    for (reply, end) in [
        (Reply::Silence, End::Silence),
        (
            Reply::Problem(ProblemKind::Unauthenticated),
            End::Problem(ProblemKind::Unauthenticated),
        ),
        (
            Reply::Problem(ProblemKind::RateLimited { retry_after: 9 }),
            End::Problem(ProblemKind::RateLimited { retry_after: 9 }),
        ),
    ] {
        let world = World::with(2, 5);
        let first = world.shop.borrow_mut().answer(None, 2);
        world.say(first);
        world.say(reply);
        let walk = world.sync();
        assert_eq!((walk.products, walk.end), (2, end));
        assert_eq!(world.loaded().len(), 2);
        assert_eq!(world.sync().products, 3);
    }
}

#[test]
fn a_cursor_the_server_can_not_read_begins_anew_once() {
    let world = World::with(2, 5);
    world.sync();
    world.say(refusal());
    let walk = world.sync();
    assert_eq!((walk.products, walk.end), (5, End::UpToDate));
    assert_eq!(world.manifest().expect("a manifest").generation, 2);
    world.say(refusal());
    world.say(refusal());
    assert!(matches!(world.sync().end, End::Problem(_)));
    assert_eq!(world.loaded().len(), 5, "what was complete is still read");
    world.say(refusal());
    assert_eq!(world.sync().products, 5);
}

#[test]
fn what_was_complete_is_read_until_the_new_generation_is() {
    let world = World::with(2, 5);
    world.sync();
    let before = world.loaded();
    world.other_viewer();
    world.remove(1);
    let device = &world;
    let copy = world.copy();
    let mut walk = Box::pin(copy.sync(&device, &device, |_| {}));
    while poll(walk.as_mut()).is_pending() {
        let catalog = world.load().expect("a copy");
        assert!(catalog.products().eq(&before));
        assert_eq!(catalog.at(), Some(moment(0)));
    }
    drop(walk);
    assert_eq!(world.loaded(), world.shop.borrow().on_sale());
    assert_eq!(whole_of(&world).0, 3);
}

#[test]
fn a_new_generation_that_begins_anew_leaves_nothing_behind() {
    let world = World::with(2, 5);
    world.sync();
    world.other_viewer();
    let first = world.shop.borrow_mut().answer(Some("5.1"), 2);
    world.say(first);
    world.say(Reply::Silence);
    assert_eq!(world.sync().end, End::Silence);
    world.other_viewer();
    assert_eq!(world.sync().products, 5);
    assert_eq!(world.loaded(), world.shop.borrow().on_sale());
}

#[test]
fn a_server_that_leads_nowhere_does_not_keep_a_device_busy() {
    let world = World::with(2, 5);
    world.sync();
    let standing = CatalogChanges {
        products: Vec::new(),
        removed: Vec::new(),
        cursor: "5.1".to_owned(),
        more: true,
        restart: false,
    };
    world.say(Reply::Answered(standing.clone()));
    assert_eq!(world.sync().end, End::Silence);
    for number in 0..9 {
        let cursor = format!("0.{number}");
        let restart = true;
        world.say(Reply::Answered(CatalogChanges {
            cursor,
            restart,
            ..standing.clone()
        }));
    }
    assert_eq!(world.sync().end, End::Silence);
    assert!(!world.shop.borrow().instead.is_empty());
}

#[test]
fn small_changes_are_put_together_without_writing_the_rest_anew() {
    let world = World::with(1_000, 4_000);
    world.sync();
    for round in 0..40 {
        let written = world.written.get();
        world.put(1 + round, "cup");
        world.put(4_001 + round, "pot");
        world.remove(2_000 + round);
        world.sync();
        assert!(world.written.get() - written < 200, "{round}");
        let (pieces, base) = whole_of(&world);
        assert!(base == 4 && pieces <= 4 + 8, "{round}: {pieces}, {base}");
    }
    assert_eq!(world.loaded(), world.shop.borrow().on_sale());
}

#[test]
fn once_a_quarter_has_changed_everything_is_written_anew() {
    let world = World::with(1_000, 4_500);
    world.sync();
    world.put_all(1..=1_125, "cup");
    world.sync();
    assert_eq!(whole_of(&world).1, 5, "as it came");
    world.put_all(1_126..=2_000, "cup");
    world.sync();
    assert_eq!(whole_of(&world), (3, 3));
    assert_eq!(world.loaded(), world.shop.borrow().on_sale());
}

#[test]
fn a_device_without_room_keeps_what_it_has() {
    let world = World::with(2, 5);
    world.sync();
    world.put(6, "cup");
    world.full.set(true);
    let device = &world;
    let walk = now(world.copy().sync(&device, &device, |_| {}));
    assert_eq!(walk, Err(StoreError::Full));
    assert_eq!(world.loaded().len(), 5);
    world.full.set(false);
    assert_eq!(world.sync().products, 1);
}

#[test]
fn a_copy_that_was_cleared_in_the_middle_of_a_walk_does_not_come_back() {
    // Before the first step as well as after it.
    for polls in [1, 2, 3, 4] {
        let world = World::with(2, 7);
        let device = &world;
        let copy = world.copy();
        let mut walk = Box::pin(copy.sync(&device, &device, |_| {}));
        for _ in 0..polls {
            assert!(poll(walk.as_mut()).is_pending());
        }
        now(world.copy().clear()).expect("storage that works");
        let walk = now(walk).expect("storage that works");
        assert_eq!(walk.end, End::Cleared);
        assert!(world.store.records().is_empty());
    }
}

#[test]
fn a_tab_that_read_a_cleared_copy_does_not_take_the_next_one_for_it() {
    let world = World::with(2, 7);
    let device = &world;
    let (copy, next) = (world.copy(), world.copy());
    let mut late = Box::pin(copy.sync(&device, &device, |_| {}));
    for _ in 0..4 {
        assert!(poll(late.as_mut()).is_pending());
    }
    assert_eq!(
        world.loaded().len(),
        2,
        "one step is kept, the next one has been answered"
    );
    now(world.copy().clear()).expect("storage that works");
    world.shop.borrow_mut().most = 1;
    let mut walk = Box::pin(next.sync(&device, &device, |_| {}));
    for _ in 0..3 {
        assert!(poll(walk.as_mut()).is_pending());
    }
    assert_eq!(
        world.loaded().len(),
        1,
        "as far as the other one, with less in it"
    );
    now(late).expect("storage that works");
    now(walk).expect("storage that works");
    assert_eq!(world.loaded(), world.shop.borrow().on_sale());
}

#[test]
fn a_damaged_copy_is_no_copy_and_the_next_walk_begins_anew() {
    for text in ["not JSON", r#"{"schema":1,"content":{}}"#, "{}"] {
        for damage in ["manifest", "segment"] {
            let world = World::with(2, 5);
            world.sync();
            let key = match damage {
                "manifest" => MANIFEST.to_owned(),
                _ => world.manifest().expect("a manifest").pieces()[1].key(),
            };
            world.scribble(&key, text);
            assert!(world.load().is_none(), "{damage}");
            assert_eq!(world.sync().products, 5, "{damage}");
            assert_eq!(world.loaded(), world.shop.borrow().on_sale());
        }
    }
}

#[test]
fn a_segment_that_is_missing_is_damage() {
    let world = World::with(2, 5);
    world.sync();
    let key = world.manifest().expect("a manifest").pieces()[0].key();
    now(world.store.commit(Batch::new().delete(Table::Catalog, key))).expect("storage that works");
    assert!(world.load().is_none());
    assert_eq!(world.sync().products, 5);
}

#[test]
fn what_a_newer_app_wrote_is_left_alone() {
    let world = World::with(2, 5);
    world.sync();
    let key = world.manifest().expect("a manifest").pieces()[0].key();
    for key in [key.as_str(), MANIFEST] {
        world.scribble(key, r#"{"schema":2,"content":{}}"#);
        let before = world.store.records();
        assert!(world.load().is_none());
        assert_eq!(world.store.records(), before);
    }
    let before = world.store.records();
    assert_eq!(world.sync().end, End::Newer);
    assert_eq!(world.store.records(), before);
    now(world.copy().clear()).expect("storage that works");
    assert!(
        world.store.records().is_empty(),
        "it is on the device of whoever signs out"
    );
}

#[test]
fn an_app_that_has_not_heard_anything_yet_has_no_copy() {
    let world = World::new(2);
    assert!(world.load().is_none());
    world.say(Reply::Silence);
    assert_eq!(world.sync().end, End::Silence);
    assert!(world.load().is_none());
    assert_eq!(world.sync().end, End::UpToDate);
    let catalog = world.load().expect("an empty catalog");
    assert_eq!((catalog.products().len(), catalog.is_complete()), (0, true));
}
