//! Schedules that found something once: they must find nothing ever again.

use std::path::Path;

use countersign_faults::breakage::Breakage;
use countersign_faults::schedule::{Plan, run};
use countersign_faults::server::Server;

fn plan(seed: u64) -> Plan {
    Plan {
        seed,
        breakage: None,
        trace: true,
    }
}

#[test]
fn kept_seeds_find_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut server = Server::start().expect("a server");
    for file in std::fs::read_dir(&folder).expect("the folder of seeds") {
        let path = file.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let seed = line.trim().parse().expect("a seed in each line");
            let (verdict, trace) = run(&mut server, plan(seed)).expect("a schedule that can be run");
            assert!(
                verdict.is_clean(),
                "seed {seed}:\n{}\n{}",
                trace.join("\n"),
                verdict.findings.join("\n")
            );
        }
    }
}

#[test]
fn a_seed_gives_the_same_schedule_again() {
    let mut server = Server::start().expect("a server");
    let mut traces = (0..2).map(|_| {
        let (_, trace) = run(&mut server, plan(12)).expect("a schedule that can be run");
        trace.len()
    });
    assert_eq!(traces.next(), traces.next());
}

#[test]
fn a_broken_protocol_is_noticed() {
    let mut server = Server::start().expect("a server");
    let broken = |seed| Plan {
        breakage: Some(Breakage::DeleteBeforeSend),
        ..plan(seed)
    };
    let found = (0..200).any(|seed| {
        let (verdict, _) = run(&mut server, broken(seed)).expect("a schedule that can be run");
        !verdict.is_clean()
    });
    assert!(found);
}
