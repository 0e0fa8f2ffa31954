//! One schedule: which of the things that could happen next does, until nothing is left to happen; then everything is
//! mended, the person agrees to everything, and the device is compared with the server.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use countersign_sync::store::Table;

use crate::breakage::Breakage;
use crate::device::Shared;
use crate::disk::Disk;
use crate::fixture::Session;
use crate::network::Network;
use crate::oracle::{Oracle, Verdict};
use crate::screen;
use crate::server::Server;
use crate::slot::{Ask, Slot, Told};
use crate::user::{Deed, Hands};

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
    let mut world = World::new(&shared, server);
    world.go_wrong()?;
    world.mend()?;
    let (first, last) = shared.ids();
    let left = screen::left(&world.disk);
    let orders = world.server.orders(first, last)?;
    let verdict = shared.oracle.borrow_mut().judge(&orders, left);
    Ok((verdict, shared.noted()))
}

struct Task {
    tab: usize,
    sends: bool,
    slot: Rc<Slot>,
    call: Option<u64>,
    future: Pin<Box<dyn Future<Output = ()>>>,
}

struct World<'s> {
    shared: Rc<Shared>,
    server: &'s mut Server,
    disk: Disk,
    network: Network,
    tasks: Vec<Task>,
    tabs: usize,
    deeds: usize,
    /// Of 1,000 steps, how many are a disaster.
    disasters: usize,
    healed: bool,
}

impl<'s> World<'s> {
    fn new(shared: &Rc<Shared>, server: &'s mut Server) -> Self {
        let mut network = Network::new(shared);
        let mut rng = shared.rng.borrow_mut();
        let tabs = 1 + rng.below(3);
        // Most are short: what goes wrong mostly does so between two or three things, and more of them can be run.
        let deeds = if rng.happens(250) {
            2 + rng.below(6)
        } else {
            1 + rng.below(3)
        };
        let disasters = [10, 40, 120][rng.below(3)];
        network.trouble = [20, 120, 300][rng.below(3)];
        drop(rng);
        Self {
            shared: Rc::clone(shared),
            server,
            disk: Disk::new(shared.breakage == Some(Breakage::OutboxInLocalStorage)),
            network,
            tasks: Vec::new(),
            tabs,
            deeds,
            disasters,
            healed: false,
        }
    }

    fn below(&self, bound: usize) -> usize {
        self.shared.rng.borrow_mut().below(bound)
    }

    fn happens(&self, times: usize) -> bool {
        self.shared.rng.borrow_mut().happens(times)
    }

    fn pass(&self, milliseconds: i64) {
        self.shared.now.set(self.shared.now.get() + milliseconds);
    }

    fn go_wrong(&mut self) -> Result<(), String> {
        let steps = 20 + 8 * self.deeds + self.below(40);
        for _ in 0..steps {
            self.pass(10);
            if self.deeds == 0 && self.tasks.is_empty() && screen::left(&self.disk).is_empty() {
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
                self.send();
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
                self.crash(|_| true);
                self.disk.lose_power(self.shared.now.get());
                self.shared.note(|| "the power is gone".to_owned());
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

    /// Ends tasks where they are. A transaction under way may be done or not.
    fn crash(&mut self, hit: impl Fn(&Task) -> bool) {
        let mut at = 0;
        while at < self.tasks.len() {
            if !hit(&self.tasks[at]) {
                at += 1;
                continue;
            }
            let task = self.tasks.swap_remove(at);
            let asked = task.slot.asked.take();
            if let Some(Ask::Commit(batch, whole)) = asked
                && self.happens(500)
            {
                self.perform(Ask::Commit(batch, whole));
            }
        }
    }

    fn act(&mut self) {
        let tab = self.below(self.tabs);
        if self.tasks.iter().any(|task| task.tab == tab && !task.sends) {
            return;
        }
        let Some(deed) = screen::choose(&self.disk, &self.shared) else {
            return;
        };
        self.deeds -= 1;
        self.start(tab, deed);
    }

    fn send(&mut self) {
        let tab = self.below(self.tabs);
        let busy = self.tasks.iter().any(|task| task.tab == tab && task.sends);
        if busy || self.disk.of(Table::Outbox).next().is_none() {
            return;
        }
        let alone = self.happens(500);
        self.start(tab, Deed::Send { alone });
    }

    fn start(&mut self, tab: usize, deed: Deed) {
        self.shared.note(|| format!("tab {tab}: {deed:?}"));
        let slot = Rc::new(Slot::default());
        let sends = matches!(deed, Deed::Send { .. });
        let hands = Hands {
            shared: Rc::clone(&self.shared),
            slot: Rc::clone(&slot),
        };
        self.tasks.push(Task {
            tab,
            sends,
            slot,
            call: None,
            future: Box::pin(hands.act(deed)),
        });
        self.poll(self.tasks.len() - 1);
    }

    fn poll(&mut self, at: usize) {
        let task = &mut self.tasks[at];
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(()) = task.future.as_mut().poll(&mut context) {
            self.tasks.swap_remove(at);
            return;
        }
        let asked = task.slot.asked.take();
        match asked {
            Some(Ask::Send(request)) => task.call = Some(self.network.send(request)),
            other => drop(task.slot.asked.replace(other)),
        }
    }

    /// Lets a task go on by one step, or the network in its place.
    fn advance(&mut self, at: usize) -> Result<(), String> {
        let task = &self.tasks[at];
        if task.slot.told.borrow().is_some() {
            self.poll(at);
            return Ok(());
        }
        if let Some(call) = task.call {
            return self.carry(at, call);
        }
        let asked = task.slot.asked.take();
        let Some(ask) = asked else {
            return Err("a task waits for nothing".to_owned());
        };
        let told = self.perform(ask);
        self.tasks[at].slot.told.replace(Some(told));
        if self.healed || self.happens(800) {
            self.poll(at);
        }
        Ok(())
    }

    fn perform(&mut self, ask: Ask) -> Told {
        match ask {
            Ask::Get(table, key) => Told::Got(self.disk.get(table, &key)),
            Ask::List(table) => Told::Listed(self.disk.list(table)),
            Ask::Commit(batch, whole) => {
                let promise = Oracle::promise(&self.disk.live, whole.as_ref().unwrap_or(&batch));
                let done = self.disk.commit(batch, self.shared.now.get());
                if let (Ok(()), Some(promise)) = (&done, promise) {
                    self.shared.oracle.borrow_mut().promised(promise);
                }
                Told::Committed(done)
            }
            Ask::Send(_) => Told::TimedOut,
        }
    }

    /// Something on the network moves, since task `at` waits for `call`.
    fn carry(&mut self, at: usize, call: u64) -> Result<(), String> {
        let (requests, replies) = (self.network.requests.len(), self.network.replies.len());
        let mine = |back: &crate::network::Back| back.call == call;
        let coming = self.network.requests.iter().any(|packet| packet.call == call)
            || self.network.replies.iter().any(mine);
        if !coming || (!self.healed && self.happens(40)) {
            self.pass(30 * SECOND);
            self.shared.note(|| format!("call {call}: no answer in time"));
            self.tell(at, Told::TimedOut, false);
            return Ok(());
        }
        if replies > 0 && (requests == 0 || self.happens(700)) {
            let back = self.network.replies.swap_remove(self.below(replies));
            let waiting = self.tasks.iter().position(|task| task.call == Some(back.call));
            if let Some(waiting) = waiting {
                self.tell(waiting, back.told, back.portal);
            }
            return Ok(());
        }
        let packet = self.below(requests);
        self.network.carry(self.server, packet)
    }

    fn tell(&mut self, at: usize, told: Told, portal: bool) {
        let task = &mut self.tasks[at];
        task.call = None;
        task.slot.portal.set(portal);
        task.slot.told.replace(Some(told));
    }

    /// All is well from now on; the person agrees to everything until nothing is left to do.
    fn mend(&mut self) -> Result<(), String> {
        self.shared.note(|| "from here on all is well".to_owned());
        self.healed = true;
        self.network.session = Session::Own;
        self.network.trouble = 0;
        self.run_out()?;
        for _ in 0..PATIENCE {
            let deeds = screen::agree(&self.disk);
            if deeds.is_empty() {
                break;
            }
            for deed in deeds {
                self.start(0, deed);
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

    fn run_out(&mut self) -> Result<(), String> {
        while !self.tasks.is_empty() {
            let task = self.below(self.tasks.len());
            self.advance(task)?;
        }
        Ok(())
    }
}
