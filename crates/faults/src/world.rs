//! Tabs and network of one schedule: what is under way, and how it goes on by one step.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::breakage::Breakage;
use crate::device::Shared;
use crate::disk::Disk;
use crate::network::{Back, Network};
use crate::oracle::Oracle;
use crate::screen;
use crate::server::Server;
use crate::slot::{Ask, Slot, Told};
use crate::user::{Deed, Hands};

const SECOND: i64 = 1_000;
/// Steps in which everything that is under way comes to its end once all is well, many times over.
const MOST_STEPS: usize = 20_000;

/// What a tab does one of at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What its person does.
    Deed,
    /// Sending the outbox.
    Send,
    /// Making drafts and copies alike.
    Exchange,
}

pub(crate) struct Task {
    pub(crate) device: usize,
    pub(crate) tab: usize,
    pub(crate) kind: Kind,
    slot: Rc<Slot>,
    call: Option<u64>,
    future: Pin<Box<dyn Future<Output = ()>>>,
}

pub(crate) struct World<'s> {
    pub(crate) shared: Rc<Shared>,
    pub(crate) server: &'s mut Server,
    /// Of each device.
    pub(crate) disks: Vec<Disk>,
    pub(crate) network: Network,
    pub(crate) tasks: Vec<Task>,
    /// Of all devices; those of the second are the last.
    pub(crate) tabs: usize,
    /// The first tab of the second device.
    pub(crate) second: usize,
    pub(crate) deeds: usize,
    /// Of 1,000 steps, how many are a disaster.
    pub(crate) disasters: usize,
    pub(crate) healed: bool,
    /// What was still under way after all these steps: to its person, a screen that hangs.
    pub(crate) endless: Vec<String>,
}

impl<'s> World<'s> {
    pub(crate) fn new(shared: &Rc<Shared>, server: &'s mut Server) -> Self {
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
        let second = if shared.devices == 1 { 0 } else { 1 + rng.below(2) };
        drop(rng);
        let lags = shared.breakage == Some(Breakage::OutboxInLocalStorage);
        Self {
            shared: Rc::clone(shared),
            server,
            disks: (0..shared.devices).map(|_| Disk::new(lags)).collect(),
            network,
            tasks: Vec::new(),
            tabs: tabs + second,
            second: tabs,
            deeds: deeds + 2 * second,
            disasters,
            healed: false,
            endless: Vec::new(),
        }
    }

    pub(crate) fn below(&self, bound: usize) -> usize {
        self.shared.rng.borrow_mut().below(bound)
    }

    pub(crate) fn happens(&self, times: usize) -> bool {
        self.shared.rng.borrow_mut().happens(times)
    }

    pub(crate) fn pass(&self, milliseconds: i64) {
        self.shared.now.set(self.shared.now.get() + milliseconds);
    }

    pub(crate) fn device_of(&self, tab: usize) -> usize {
        usize::from(tab >= self.second)
    }

    /// One of the devices.
    pub(crate) fn some_device(&self) -> usize {
        if self.has_two() {
            self.below(self.disks.len())
        } else {
            0
        }
    }

    pub(crate) fn has_two(&self) -> bool {
        self.disks.len() > 1
    }

    pub(crate) fn left(&self) -> Vec<String> {
        let left = self.disks.iter().flat_map(screen::left);
        left.chain(self.endless.iter().cloned()).collect()
    }

    /// Ends tasks where they are. A transaction under way may be done or not.
    pub(crate) fn crash(&mut self, hit: impl Fn(&Task) -> bool) {
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
                self.perform(task.device, Ask::Commit(batch, whole));
            }
        }
    }

    pub(crate) fn start(&mut self, tab: usize, deed: Deed) {
        self.shared.note(|| format!("tab {tab}: {deed:?}"));
        let slot = Rc::new(Slot::default());
        let kind = match deed {
            Deed::Send { .. } => Kind::Send,
            Deed::Exchange { .. } => Kind::Exchange,
            _ => Kind::Deed,
        };
        let device = self.device_of(tab);
        let hands = Hands {
            shared: Rc::clone(&self.shared),
            slot: Rc::clone(&slot),
            device,
        };
        self.tasks.push(Task {
            device,
            tab,
            kind,
            slot,
            call: None,
            future: Box::pin(hands.act(deed)),
        });
        self.poll(self.tasks.len() - 1);
    }

    pub(crate) fn poll(&mut self, at: usize) {
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
    pub(crate) fn advance(&mut self, at: usize) -> Result<(), String> {
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
        let told = self.perform(self.tasks[at].device, ask);
        self.tasks[at].slot.told.replace(Some(told));
        if self.healed || self.happens(800) {
            self.poll(at);
        }
        Ok(())
    }

    pub(crate) fn perform(&mut self, device: usize, ask: Ask) -> Told {
        let alone = !self.has_two();
        let disk = &mut self.disks[device];
        match ask {
            Ask::Get(table, key) => Told::Got(disk.get(table, &key)),
            Ask::List(table) => Told::Listed(disk.list(table)),
            Ask::Commit(batch, whole) => {
                let promise = Oracle::promise(&disk.live, whole.as_ref().unwrap_or(&batch), alone);
                let done = disk.commit(batch, self.shared.now.get());
                if let (Ok(()), Some(promise)) = (&done, promise) {
                    self.shared.oracle.borrow_mut().promised(device, promise);
                }
                Told::Committed(done)
            }
            Ask::Send(_) => Told::TimedOut,
        }
    }

    /// Something on the network moves, since task `at` waits for `call`.
    pub(crate) fn carry(&mut self, at: usize, call: u64) -> Result<(), String> {
        let (requests, replies) = (self.network.requests.len(), self.network.replies.len());
        let mine = |back: &Back| back.call == call;
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

    pub(crate) fn tell(&mut self, at: usize, told: Told, portal: bool) {
        let task = &mut self.tasks[at];
        task.call = None;
        task.slot.portal.set(portal);
        task.slot.told.replace(Some(told));
    }

    /// Lets everything that is under way come to its end; what does not is given up and noted as endless.
    pub(crate) fn run_out(&mut self) -> Result<(), String> {
        for _ in 0..MOST_STEPS {
            if self.tasks.is_empty() {
                return Ok(());
            }
            let task = self.below(self.tasks.len());
            self.advance(task)?;
        }
        let endless = self.tasks.drain(..);
        let words = |task: Task| format!("tab {}: {:?} never ends", task.tab, task.kind);
        self.endless.extend(endless.map(words));
        Ok(())
    }
}
