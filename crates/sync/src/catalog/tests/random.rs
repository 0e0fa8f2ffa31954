//! Random shops, networks, tabs and devices.

use std::pin::Pin;
use std::task::Poll;

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::manifest::{Kept, Piece, Segment, Whole};
use super::super::{End, Held};
use super::*;

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    /// A product changes, or is put where it was not.
    Put { number: u32, position: u32 },
    /// A product is no longer on sale.
    Remove(u32),
    /// Everything looks different from now on.
    OtherViewer,
    /// The next question meets silence.
    Silence,
    /// The next cursor can't be read.
    Refusal,
    /// A tab begins a walk, unless it is on one.
    Begin(usize),
    /// A tab gets on with its walk.
    Step(usize),
    /// A tab is closed.
    Close(usize),
    /// The device has room or not.
    Full(bool),
    /// Somebody signs out.
    Clear,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        6 => (0..12u32, 0..4u32).prop_map(|(number, position)| Event::Put { number, position }),
        3 => (0..12u32).prop_map(Event::Remove),
        1 => Just(Event::OtherViewer),
        1 => Just(Event::Silence),
        1 => Just(Event::Refusal),
        4 => (0..2usize).prop_map(Event::Begin),
        16 => (0..2usize).prop_map(Event::Step),
        1 => (0..2usize).prop_map(Event::Close),
        1 => prop::bool::weighted(0.3).prop_map(Event::Full),
        1 => prop::bool::weighted(0.2).prop_map(|clear| if clear { Event::Clear } else { Event::Step(0) }),
    ];
    vec(event, 0..160)
}

type Walking<'a> = Pin<Box<dyn Future<Output = Result<Walk, StoreError>> + 'a>>;

/// Lets it happen. After each event the copy can be read; one that was complete stays so; and whenever no walk is under way
/// it is exactly what was on sale at its cursor.
fn happen(world: &World, events: Vec<Event>) {
    let device = world;
    let copies = [world.copy(), world.copy()];
    let mut tabs: [Option<Walking<'_>>; 2] = [None, None];
    let mut complete = false;
    for event in events {
        world.seconds.set(world.seconds.get() + 1);
        match event {
            Event::Put { number, position } => {
                let word = format!("tea{}", world.seconds.get());
                let product = product(number, position, &word);
                world.shop.borrow_mut().put(number, Some(product));
            }
            Event::Remove(number) => world.remove(number),
            Event::OtherViewer => world.other_viewer(),
            Event::Silence => world.say(Reply::Silence),
            Event::Refusal => world.say(refusal()),
            Event::Begin(tab) if tabs[tab].is_none() => {
                let copy = &copies[tab];
                tabs[tab] = Some(Box::pin(async move { copy.sync(&device, &device, |_| {}).await }));
            }
            Event::Begin(tab) | Event::Step(tab) => {
                let done = tabs[tab].as_mut().map(|walk| poll(walk.as_mut()));
                if done.is_some_and(|done| done.is_ready()) {
                    tabs[tab] = None;
                }
            }
            Event::Close(tab) => tabs[tab] = None,
            Event::Full(full) => world.full.set(full),
            Event::Clear => {
                if now(copies[0].clear()).is_ok() {
                    complete = false;
                    assert!(world.load().is_none());
                }
            }
        }
        let Some(catalog) = world.load() else {
            assert!(!complete, "a complete copy does not go away by itself");
            continue;
        };
        assert!(catalog.is_complete() || !complete);
        complete = catalog.is_complete();
        if !catalog.is_walking() {
            let cursor = world.manifest().and_then(|manifest| manifest.cursor);
            let shop = world.shop.borrow();
            let then = shop.history.get(&cursor.expect("a cursor")).expect("a moment");
            assert!(catalog.products().eq(then));
        }
    }
}

fn segments() -> impl Strategy<Value = Vec<Segment>> {
    let products = prop::collection::btree_map(0..40u32, 0..4u32, 0..30);
    let removed = prop::collection::btree_set(0..40u32, 0..6);
    let segment = (products, removed, "[ab]").prop_map(|(products, removed, word)| Segment {
        products: (products.into_iter())
            .filter(|(number, _)| !removed.contains(number))
            .map(|(number, position)| product(number, position, &word))
            .collect(),
        removed: removed.iter().map(|number| id(*number)).collect(),
    });
    // With a large one at the beginning the small ones behind it are put together by themselves.
    (any::<bool>(), vec(segment, 0..14)).prop_map(|(large, mut segments)| {
        if large {
            let products = (0..600).map(|number| product(number, number, "a"));
            let first = Segment {
                products: products.collect(),
                removed: Vec::new(),
            };
            segments.insert(0, first);
        }
        segments
    })
}

/// A complete copy of these segments, `base` of them from the walk that completed it.
fn whole(world: &World, segments: Vec<Segment>, base: usize) -> Held {
    let mut manifest = Manifest::begun(7);
    manifest.cursor = Some("1.1".to_owned());
    manifest.walking = false;
    let mut batch = Batch::new();
    let mut pieces: Vec<Piece> = Vec::new();
    for (piece, segment) in segments.into_iter().filter_map(|one| manifest.number(one)) {
        batch = batch.put(Table::Catalog, piece.key(), 1, record::write(&segment));
        pieces.push(piece);
    }
    let base = base.min(pieces.len());
    let at = moment(1);
    manifest.kept = Kept::Whole(Whole { pieces, base, at });
    batch = batch.put(Table::Catalog, MANIFEST, 1, record::write(&manifest));
    now(world.store.commit(batch)).expect("storage that works");
    Held { manifest, version: 1 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_happens_the_copy_is_what_the_server_had(events in events(), most in 1..5usize) {
        let world = World::new(most);
        happen(&world, events);
        world.full.set(false);
        world.shop.borrow_mut().instead.clear();
        prop_assert_eq!(world.sync().end, End::UpToDate);
        prop_assert_eq!(world.loaded(), world.shop.borrow().on_sale());
        let catalog = world.load().expect("a copy");
        prop_assert!(catalog.is_complete() && !catalog.is_walking());
    }

    #[test]
    fn two_walks_at_once_keep_each_step_once(changes in 1..40u32, most in 1..4usize, turns in vec(0..2usize, 400)) {
        let world = World::with(most, changes);
        let device = &world;
        let (one, other) = (world.copy(), world.copy());
        let mut walks: [Walking<'_>; 2] = [
            Box::pin(one.sync(&device, &device, |_| {})),
            Box::pin(other.sync(&device, &device, |_| {})),
        ];
        let mut done = [None, None];
        for turn in turns.into_iter().chain((0..1_000).map(|turn| turn % 2)) {
            if done[turn].is_none() && let Poll::Ready(walk) = poll(walks[turn].as_mut()) {
                done[turn] = Some(walk.expect("storage that works"));
            }
        }
        let done = done.map(|walk| walk.expect("an end"));
        prop_assert_eq!(done[0].products + done[1].products, u64::from(changes));
        prop_assert_eq!(world.loaded(), world.shop.borrow().on_sale());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn tidying_up_changes_nothing(segments in segments(), base in 0..9usize) {
        let world = World::new(3);
        let held = whole(&world, segments, base);
        let before = world.loaded();
        now(world.copy().tidy(&held)).expect("storage that works");
        prop_assert_eq!(world.loaded(), before);
        let after = world.manifest().expect("a manifest");
        prop_assert_eq!((after.at(), after.cursor), (held.manifest.at(), held.manifest.cursor.clone()));
        if let Kept::Whole(whole) = &after.kept {
            let small = whole.pieces.iter().filter(|piece| piece.products < 500).count();
            prop_assert!(small <= 8 && whole.base <= whole.pieces.len());
        }
    }
}
