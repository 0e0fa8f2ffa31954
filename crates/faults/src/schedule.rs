//! One schedule: which of the things that could happen next does, until nothing is left to happen; then everything is
//! mended, the person agrees to everything, and the device is compared with the server.

use std::rc::Rc;

use countersign_sync::store::Table;

use crate::breakage::Breakage;
use crate::device::Shared;
use crate::fixture::Session;
use crate::oracle::Verdict;
use crate::screen;
use crate::server::Server;
use crate::user::Deed;
use crate::world::{Kind, Task, World};

/// Rounds in which everything has to have come to its end once all is well.
const PATIENCE: usize = 16;
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const YEAR: i64 = 365 * 24 * 60 * MINUTE;

/// A schedule to run.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Its seed.
    pub seed: u64,
    /// What is broken on purpose.
    pub breakage: Option<Breakage>,
    /// Whether what happens is written down.
    pub trace: bool,
}

/// Runs a schedule against `server`; gives what it came to, and what was written down.
///
/// # Errors
/// What the server's database said, which ends everything: the harness itself is broken then.
pub fn run(server: &mut Server, plan: Plan) -> Result<(Verdict, Vec<String>), String> {
    server.set_price(0)?;
    let shared = Rc::new(Shared::new(
        plan.seed,
        server.next_serial(),
        plan.breakage,
        plan.trace,
    ));
    if shared.devices > 1 {
        server.forget_drafts()?;
    }
    let mut world = World::new(&shared, server);
    if shared.begins_alike {
        world.share_draft()?;
    }
    world.go_wrong()?;
    world.mend()?;
    let (first, last) = shared.ids();
    let left = world.left();
    let orders = world.server.orders(first, last)?;
    let verdict = shared.oracle.borrow_mut().judge(&orders, left);
    Ok((verdict, shared.noted()))
}

impl World<'_> {
    /// A draft is begun on the first device and comes to the second, if the network lets it.
    fn share_draft(&mut self) -> Result<(), String> {
        self.start(self.first_tab(0), Deed::Write { submit: false });
        self.run_out()?;
        for (device, push) in [(0, true), (1, false)] {
            self.exchange(device, push);
            self.run_out()?;
        }
        Ok(())
    }

    fn go_wrong(&mut self) -> Result<(), String> {
        let steps = 20 + 8 * self.deeds * self.disks.len() + self.below(40);
        for _ in 0..steps {
            self.pass(10);
            if self.deeds == 0 && self.tasks.is_empty() && self.left().is_empty() {
                // What is still on its way arrives at the end.
                break;
            }
            if self.happens(self.disasters) {
                self.disaster()?;
            } else if self.deeds > 0 && self.happens(150) {
                self.act();
            } else if self.happens(60) {
                self.pass(i64::try_from(self.below(120)).unwrap_or(0) * SECOND);
            } else if self.tasks.is_empty() || self.happens(80) {
                if self.has_two() && self.happens(600) {
                    let (device, push) = (self.some_device(), self.happens(300));
                    self.exchange(device, push);
                } else {
                    self.send();
                }
            } else {
                let task = self.below(self.tasks.len());
                self.advance(task)?;
            }
        }
        Ok(())
    }

    fn disaster(&mut self) -> Result<(), String> {
        match self.below(10) {
            0..3 => {
                let tab = self.below(self.tabs);
                self.crash(|task| task.tab == tab);
                self.shared.note(|| format!("tab {tab} crashes"));
            }
            3 | 4 => {
                let device = self.some_device();
                self.crash(|task| task.device == device);
                self.disks[device].lose_power(self.shared.now.get());
                self.shared.oracle.borrow_mut().typing.lost_power(device);
                self.shared
                    .note(|| format!("the power of device {device} is gone"));
            }
            5 => {
                let jump = [-YEAR, -7 * MINUTE, 7 * MINUTE, YEAR][self.below(4)];
                self.shared.skew.set(self.shared.skew.get() + jump);
                self.shared
                    .note(|| format!("the clock jumps by {} s", jump / SECOND));
            }
            6 | 7 => {
                let price = i64::try_from(self.below(3)).unwrap_or(0);
                self.server.set_price(price)?;
                self.shared.note(|| format!("a box costs 10.0{price} now"));
            }
            8 => {
                self.shared.seen_price.set(self.server.price());
                self.shared.note(|| "the device has the prices of now".to_owned());
            }
            _ => {
                let sessions = [Session::Own, Session::None, Session::Colleague, Session::Foreign];
                self.network.session = sessions[self.below(4)];
                self.shared
                    .note(|| format!("session: {:?}", self.network.session));
            }
        }
        Ok(())
    }

    fn act(&mut self) {
        let tab = self.below(self.tabs);
        if self.is_busy(tab, Kind::Deed) {
            return;
        }
        let Some(deed) = screen::choose(&self.disks[self.device_of(tab)], &self.shared) else {
            return;
        };
        self.deeds -= 1;
        self.start(tab, deed);
    }

    fn send(&mut self) {
        let tab = self.below(self.tabs);
        let disk = &self.disks[self.device_of(tab)];
        if self.is_busy(tab, Kind::Send) || disk.of(Table::Outbox).next().is_none() {
            return;
        }
        let alone = self.happens(500);
        self.start(tab, Deed::Send { alone });
    }

    /// A round of the copies; one at a time on a device (Web Lock).
    fn exchange(&mut self, device: usize, push: bool) {
        let is_under_way = |task: &Task| task.device == device && task.kind == Kind::Exchange;
        if !self.tasks.iter().any(is_under_way) {
            self.start(self.first_tab(device), Deed::Exchange { push });
        }
    }

    fn first_tab(&self, device: usize) -> usize {
        if device == 0 { 0 } else { self.second }
    }

    fn is_busy(&self, tab: usize, kind: Kind) -> bool {
        self.tasks.iter().any(|task| task.tab == tab && task.kind == kind)
    }

    /// All is well from now on; the person agrees to everything until nothing is left to do.
    fn mend(&mut self) -> Result<(), String> {
        self.shared.note(|| "from here on all is well".to_owned());
        self.healed = true;
        self.network.session = Session::Own;
        self.network.trouble = 0;
        self.run_out()?;
        let mut is_alike = self.has_two() && self.happens(500);
        for _ in 0..PATIENCE {
            // Two devices may also submit the same draft before they hear of each other.
            if is_alike {
                self.exchange_all()?;
            }
            is_alike = self.has_two();
            let mut deeds = Vec::new();
            for (device, disk) in self.disks.iter().enumerate() {
                let tab = self.first_tab(device);
                deeds.extend(
                    screen::agree(disk, &self.shared)
                        .into_iter()
                        .map(|deed| (tab, deed)),
                );
            }
            if deeds.is_empty() && !(self.has_two() && self.exchange_all()?) {
                break;
            }
            for (tab, deed) in deeds {
                self.start(tab, deed);
                self.run_out()?;
            }
        }
        // What was on its way all the time arrives last of all.
        while !self.network.requests.is_empty() {
            let late = self.below(self.network.requests.len());
            let packet = self.network.requests.swap_remove(late);
            self.network.arrive(self.server, &packet.request)?;
        }
        Ok(())
    }

    /// A round of the copies on each device; whether there is something left to do then.
    fn exchange_all(&mut self) -> Result<bool, String> {
        for device in 0..self.disks.len() {
            self.exchange(device, false);
            self.run_out()?;
        }
        Ok(!self.left().is_empty())
    }
}
