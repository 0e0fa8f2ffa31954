//! The settings as they are edited: what is stored, what is switched and typed, and what others change meanwhile.

use countersign_contract::problem::FieldCode;
use countersign_contract::settings::WorkflowSettings;
use countersign_domain::workflow::{Stage, Workflow};
use leptos::prelude::*;

use crate::features::settings::methods::{Methods, names};
use crate::features::settings::model::{Changed, Duty, Field, Setting, Value, changes, read};
use crate::i18n::problems;

/// The form. What is typed is kept whatever happens on the server, until it is saved or discarded.
#[derive(Clone, Copy)]
pub struct Form {
    /// What the form started from: the version it replaces.
    base: RwSignal<(u64, Workflow)>,
    /// The switches as they stand now; what is typed is beside it.
    switched: RwSignal<Workflow>,
    typed: [(Field, RwSignal<String>); 8],
    /// The delivery methods.
    pub methods: Methods,
    errors: RwSignal<Vec<(Field, FieldCode)>>,
    /// What somebody else changed since this person came.
    pub foreign: RwSignal<Vec<Changed>>,
}

impl Form {
    /// A form of what is stored.
    pub fn new(settings: &WorkflowSettings) -> Self {
        let workflow = &settings.workflow;
        Self {
            base: RwSignal::new((settings.version, workflow.clone())),
            switched: RwSignal::new(workflow.clone()),
            typed: Field::ALL.map(|field| (field, RwSignal::new(field.text(workflow)))),
            methods: Methods::new(&workflow.delivery_methods),
            errors: RwSignal::new(Vec::new()),
            foreign: RwSignal::new(Vec::new()),
        }
    }

    /// The version that saving replaces.
    pub fn version(self) -> u64 {
        self.base.with_untracked(|(version, _)| *version)
    }

    /// What is typed into a field.
    pub fn text(self, field: Field) -> RwSignal<String> {
        let [(_, first), ..] = self.typed;
        let found = self.typed.into_iter().find(|(own, _)| *own == field);
        found.map_or(first, |(_, text)| text)
    }

    /// What is wrong with a field, in words.
    pub fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let code = self.errors.with(|errors| {
                errors
                    .iter()
                    .find(|(own, _)| *own == field)
                    .map(|(_, code)| *code)
            });
            code.map(problems::field_words)
        })
    }

    /// Shows what is wrong with some fields, and nothing at the others; and which delivery methods have no name.
    pub fn mark(self, errors: Vec<(Field, FieldCode)>) {
        self.errors.set(errors);
        self.methods.mark(true);
    }

    /// Whether a stage is on.
    pub fn is_on(self, stage: Stage) -> bool {
        self.switched.with(|workflow| workflow.stages.is_on(stage))
    }

    /// Switches a stage.
    pub fn switch(self, stage: Stage, on: bool) {
        self.switched.update(|workflow| workflow.stages.set(stage, on));
    }

    /// Whether a rule is on.
    pub fn holds(self, duty: Duty) -> bool {
        self.switched.with(|workflow| duty.is_on(workflow))
    }

    /// Switches a rule.
    pub fn hold(self, duty: Duty, on: bool) {
        self.switched.update(|workflow| duty.set(workflow, on));
    }

    /// Everything as it stands, to be saved. Tracks it.
    ///
    /// # Errors
    /// Every field that can't be taken as it is; none where it is the name of a delivery method.
    pub fn read(self) -> Result<Workflow, Vec<(Field, FieldCode)>> {
        let read = self
            .switched
            .with(|workflow| read(workflow, |field| self.text(field).get()));
        let workflow = Workflow {
            delivery_methods: self.methods.all(),
            ..read?
        };
        if self.methods.are_named() {
            Ok(workflow)
        } else {
            Err(Vec::new())
        }
    }

    /// Everything as it stands, with what can't be read as it is stored: for the preview.
    pub fn readable(self) -> Workflow {
        let mut workflow = self.switched.get();
        for (field, text) in self.typed {
            // What is not readable stays as it is; the field itself says so once it is saved.
            let _ = text.with(|text| field.write(text, &mut workflow));
        }
        workflow
    }

    /// How many settings differ from what is stored. Tracks it.
    pub fn unsaved(self) -> usize {
        let (_, base) = self.base.get();
        Setting::all()
            .filter(|setting| self.value(*setting) != setting.value(&base))
            .count()
    }

    /// A setting as it stands.
    fn value(self, setting: Setting) -> Value {
        match setting {
            Setting::Field(field) => Value::Typed(self.text(field).with(|text| text.trim().to_owned())),
            Setting::DeliveryMethods => Value::Typed(names(&self.methods.all())),
            setting => self.switched.with(|workflow| setting.value(workflow)),
        }
    }

    fn put(self, setting: Setting, workflow: &Workflow) {
        match setting {
            Setting::Stage(stage) => self.switch(stage, workflow.stages.is_on(stage)),
            Setting::Duty(duty) => self.hold(duty, duty.is_on(workflow)),
            Setting::Field(field) => self.text(field).set(field.text(workflow)),
            Setting::DeliveryMethods => self.methods.put(&workflow.delivery_methods),
        }
    }

    /// Goes back to what is stored.
    pub fn discard(self) {
        let (_, base) = self.base.get_untracked();
        for setting in Setting::all() {
            self.put(setting, &base);
        }
        self.errors.set(Vec::new());
        self.methods.mark(false);
        self.foreign.set(Vec::new());
    }

    /// Starts again from what was just saved. What was typed while it was on its way stays.
    pub fn saved(self, settings: &WorkflowSettings) {
        let stored = &settings.workflow;
        // The page may be gone by now.
        self.base.try_set((settings.version, stored.clone()));
        self.errors.try_set(Vec::new());
        self.methods.mark(false);
        self.foreign.try_set(Vec::new());
        for (field, text) in self.typed {
            let mut read = stored.clone();
            let typed = text.try_with_untracked(|text| field.write(text, &mut read));
            if typed == Some(Ok(())) && read == *stored {
                // `05` is 5 from now on.
                text.try_set(field.text(stored));
            }
        }
    }

    /// Takes in what somebody else stored meanwhile: settings this person did not touch follow, the others stay as they
    /// were typed, and the difference is shown.
    pub fn rebase(self, settings: &WorkflowSettings) {
        let (version, before) = self.base.get_untracked();
        if settings.version <= version {
            return;
        }
        let news = changes(&before, &settings.workflow);
        for change in &news {
            if untrack(|| self.value(change.setting)) == change.from {
                self.put(change.setting, &settings.workflow);
            }
        }
        self.base.set((settings.version, settings.workflow.clone()));
        self.foreign.update(|foreign| {
            foreign.retain(|known| news.iter().all(|new| new.setting != known.setting));
            foreign.extend(news);
        });
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    fn stored(version: u64, workflow: Workflow) -> WorkflowSettings {
        WorkflowSettings {
            version,
            workflow,
            waiting: Vec::new(),
        }
    }

    #[test]
    fn what_was_typed_stays_and_the_rest_follows_when_somebody_else_saves() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new(&stored(1, Workflow::default()));
        form.text(Field::SlackDays).set("5".to_owned());
        form.switch(Stage::Production, true);
        let mut theirs = Workflow {
            slack_days: 3,
            confirmation_hours: 24,
            ..Workflow::default()
        };
        theirs.stages.set(Stage::ExecutiveApproval, true);
        form.rebase(&stored(2, theirs));
        let mine = form.read().expect("nothing is wrong");
        assert_eq!((mine.slack_days, mine.confirmation_hours), (5, 24));
        assert!(mine.stages.production && mine.stages.executive_approval);
        assert_eq!(form.version(), 2);
        assert_eq!(form.foreign.get_untracked().len(), 3);
        assert_eq!(untrack(|| form.unsaved()), 2);
    }

    #[test]
    fn an_older_answer_changes_nothing() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new(&stored(4, Workflow::default()));
        let theirs = Workflow {
            slack_days: 9,
            ..Workflow::default()
        };
        form.rebase(&stored(4, theirs));
        assert_eq!(form.foreign.get_untracked(), []);
        assert_eq!(form.text(Field::SlackDays).get_untracked(), "1");
    }

    #[test]
    fn what_is_typed_while_it_is_being_saved_is_not_lost() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new(&stored(1, Workflow::default()));
        form.text(Field::SlackDays).set("03".to_owned());
        let saved = form.read().expect("nothing is wrong");
        form.text(Field::UrgentHours).set("4".to_owned());
        form.saved(&stored(2, saved));
        assert_eq!(form.text(Field::SlackDays).get_untracked(), "3");
        assert_eq!(form.text(Field::UrgentHours).get_untracked(), "4");
        assert_eq!(untrack(|| form.unsaved()), 1);
    }

    #[test]
    fn discarding_goes_back_to_what_is_stored() {
        let owner = Owner::new();
        owner.set();
        let form = Form::new(&stored(1, Workflow::default()));
        form.text(Field::SlackDays).set("x".to_owned());
        form.hold(Duty::SecondCheck, true);
        assert!(form.read().is_err());
        form.discard();
        assert_eq!(form.read(), Ok(Workflow::default()));
    }
}
