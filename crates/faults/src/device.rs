//! What all tabs share: clock, chance, what is known of prices, and who watches.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_sync::Device;
use uuid::Uuid;

use crate::breakage::Breakage;
use crate::oracle::Oracle;
use crate::rng::Rng;

/// When every schedule begins, in milliseconds since 1970.
const BEGINNING: i64 = 1_795_600_000_000;
/// So that the choice of devices leaves the schedule's other numbers alone.
const SECOND_DEVICE: u64 = 0x0dec_1ce2;
/// One in so many schedules has two devices.
const ONE_IN: usize = 10;
/// So that the choice of beginnings leaves the schedule's other numbers alone; a value that leaves the seeds kept before
/// there was this choice as they were.
const ALIKE: u64 = 0xa11c_e003;
/// Marks the ids of what a person copies: such a copy is an order of its own.
const COPY: u128 = 1 << 40;

/// The world of one schedule.
#[derive(Debug)]
pub struct Shared {
    /// What is broken on purpose.
    pub breakage: Option<Breakage>,
    /// How many devices its person has.
    pub devices: usize,
    /// Whether both devices have a draft in common from the beginning: by chance alone few schedules come so far that
    /// something can go wrong between what two devices make of the same draft.
    pub begins_alike: bool,
    /// Who watches.
    pub oracle: RefCell<Oracle>,
    /// The schedule's numbers.
    pub rng: RefCell<Rng>,
    /// The true time, in milliseconds since the beginning.
    pub now: Cell<i64>,
    /// How far the device's clock is off, in milliseconds.
    pub skew: Cell<i64>,
    /// The price the device knows.
    pub seen_price: Cell<i64>,
    prefix: u128,
    ids: Cell<u128>,
    trace: Option<RefCell<Vec<String>>>,
}

impl Shared {
    /// A world whose ids begin with `serial`, which its server has not seen yet.
    pub fn new(seed: u64, serial: u64, breakage: Option<Breakage>, trace: bool) -> Self {
        let devices = if breakage.is_some_and(Breakage::is_of_copies) {
            2
        } else {
            devices(seed)
        };
        Self {
            breakage,
            devices,
            begins_alike: devices > 1 && Rng::new(seed ^ ALIKE).happens(500),
            oracle: RefCell::default(),
            rng: RefCell::new(Rng::new(seed)),
            now: Cell::new(0),
            skew: Cell::new(0),
            seen_price: Cell::new(0),
            prefix: u128::from(serial) << 64,
            ids: Cell::new(0),
            trace: trace.then(RefCell::default),
        }
    }

    /// The ids of this world lie between these two.
    pub fn ids(&self) -> (Uuid, Uuid) {
        (
            Uuid::from_u128(self.prefix),
            Uuid::from_u128(self.prefix | u128::from(u64::MAX)),
        )
    }

    /// Whether a person made the draft `id` as a copy of another.
    pub fn is_copy(id: Uuid) -> bool {
        id.as_u128() & COPY != 0
    }

    /// Notes a line of what happens, where somebody reads it.
    pub fn note(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = &self.trace {
            trace
                .borrow_mut()
                .push(format!("{:>8} ms  {}", self.now.get(), line()));
        }
    }

    /// What was noted.
    pub fn noted(&self) -> Vec<String> {
        self.trace.as_ref().map(RefCell::take).unwrap_or_default()
    }
}

/// How many devices there are in the schedule of `seed`. Two are slow, since all copies are compared in every round.
fn devices(seed: u64) -> usize {
    let mut rng = Rng::new(seed ^ SECOND_DEVICE);
    1 + usize::from(rng.below(ONE_IN) == 0)
}

/// The device, as a task of a tab knows it.
#[derive(Clone, Debug)]
pub struct SimDevice {
    shared: Rc<Shared>,
    mark: u128,
}

impl SimDevice {
    /// The device of `shared`.
    pub fn of(shared: &Rc<Shared>) -> Self {
        Self {
            shared: Rc::clone(shared),
            mark: 0,
        }
    }

    /// The same, for a person who makes a copy.
    pub fn copying(shared: &Rc<Shared>) -> Self {
        Self {
            mark: COPY,
            ..Self::of(shared)
        }
    }
}

impl Device for SimDevice {
    fn now(&self) -> DateTime<Utc> {
        let milliseconds = BEGINNING + self.shared.now.get() + self.shared.skew.get();
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(milliseconds)
    }

    fn new_id(&self) -> Uuid {
        self.shared.ids.set(self.shared.ids.get() + 1);
        Uuid::from_u128(self.shared.prefix | self.mark | self.shared.ids.get())
    }

    fn chance(&self) -> u32 {
        u32::try_from(self.shared.rng.borrow_mut().below(1_000)).unwrap_or(0)
    }
}
