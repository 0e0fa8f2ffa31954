//! Three devices that do anything in any order.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::id::{DraftId, LineId};
use proptest::prelude::*;

use super::{Phone, Server, Trouble, id, line, now};
use crate::draft::Draft;

#[derive(Clone, Copy, Debug)]
enum Act {
    Type { device: usize, draft: u128 },
    Exchange { device: usize, trouble: Trouble },
    Push { device: usize, trouble: Trouble },
    Remove { device: usize, draft: u128 },
}

fn acts(with_removals: bool) -> impl Strategy<Value = Vec<Act>> {
    let trouble = || {
        prop_oneof![
            4 => Just(Trouble::None),
            1 => Just(Trouble::Deaf),
            1 => Just(Trouble::Mute)
        ]
    };
    let act = prop_oneof![
        4 => (0..3_usize, 1..4_u128).prop_map(|(device, draft)| Act::Type { device, draft }),
        3 => (0..3_usize, trouble()).prop_map(|(device, trouble)| Act::Exchange { device, trouble }),
        2 => (0..3_usize, trouble()).prop_map(|(device, trouble)| Act::Push { device, trouble }),
        u32::from(with_removals) => (0..3_usize, 1..4_u128).prop_map(|(device, draft)| Act::Remove { device, draft }),
    ];
    prop::collection::vec(act, 0..40)
}

/// Lets three devices act, and then all of them exchange until nothing changes any more. Gives the lines that were typed.
fn play(acts: &[Act], phones: &[Phone<'_>], server: &Server) -> BTreeMap<DraftId, BTreeSet<LineId>> {
    let mut typed: BTreeMap<DraftId, BTreeSet<LineId>> = BTreeMap::new();
    for (number, act) in (100..).zip(acts) {
        server.trouble.set(Trouble::None);
        match *act {
            Act::Type { device, draft } => {
                phones[device].type_line(id(draft), line(number));
                typed.entry(id(draft)).or_default().insert(line(number));
            }
            Act::Exchange { device, trouble } => {
                server.trouble.set(trouble);
                phones[device].exchange();
            }
            Act::Push { device, trouble } => {
                server.trouble.set(trouble);
                now(phones[device].copies().push()).expect("storage that works");
            }
            Act::Remove { device, draft } => phones[device].remove(id(draft)),
        }
    }
    server.trouble.set(Trouble::None);
    for _ in 0..6 {
        for phone in phones {
            phone.exchange_well();
        }
    }
    typed
}

proptest! {
    #[test]
    fn no_line_typed_anywhere_is_lost(acts in acts(false)) {
        let server = Server::default();
        let phones = [Phone::new(&server), Phone::new(&server), Phone::new(&server)];
        let typed = play(&acts, &phones, &server);
        for phone in &phones {
            let found: BTreeMap<DraftId, BTreeSet<LineId>> = (phone.all().into_iter())
                .map(|(id, draft)| (id, draft.lines.iter().map(|line| line.id).collect()))
                .collect();
            prop_assert_eq!(&found, &typed);
        }
    }

    #[test]
    fn all_devices_come_to_have_the_same(acts in acts(true)) {
        let server = Server::default();
        let phones = [Phone::new(&server), Phone::new(&server), Phone::new(&server)];
        play(&acts, &phones, &server);
        let there: BTreeMap<DraftId, Draft> = (server.kept.borrow().iter())
            .map(|(id, kept)| (*id, kept.content.read().expect("a draft")))
            .collect();
        for phone in &phones {
            prop_assert_eq!(&phone.all(), &there);
        }
    }
}
