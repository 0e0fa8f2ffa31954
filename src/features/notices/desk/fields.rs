//! The fields of a notice as they stand, and what is wrong with them.

use countersign_contract::problem::FieldCode;
use countersign_domain::id::{LevelId, RegionId};
use countersign_domain::notice::NoticeCategory;
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::features::notices::desk::model::{Field, Readers, Typed};
use crate::i18n::problems;
use crate::text;

/// What is typed and chosen. It stays until it is saved or given up, whatever the connection does.
#[derive(Clone, Copy)]
pub struct Fields {
    /// What it is about.
    pub category: RwSignal<NoticeCategory>,
    /// The title in Chinese.
    pub title_zh: RwSignal<String>,
    /// The title in English.
    pub title_en: RwSignal<String>,
    /// The text in Chinese.
    pub text_zh: RwSignal<String>,
    /// The text in English.
    pub text_en: RwSignal<String>,
    /// Whether it is pinned.
    pub is_pinned: RwSignal<bool>,
    /// Who reads it.
    pub readers: RwSignal<Readers>,
    /// The levels that are chosen.
    pub levels: RwSignal<Vec<LevelId>>,
    /// The regions that are chosen.
    pub regions: RwSignal<Vec<RegionId>>,
    /// The first day.
    pub from: RwSignal<String>,
    /// The last day.
    pub until: RwSignal<String>,
    errors: RwSignal<Vec<(Field, FieldCode)>>,
}

impl Fields {
    /// As they are at first.
    pub fn new(typed: Typed) -> Self {
        Self {
            category: RwSignal::new(typed.category),
            title_zh: RwSignal::new(typed.title.zh),
            title_en: RwSignal::new(typed.title.en),
            text_zh: RwSignal::new(typed.text.zh),
            text_en: RwSignal::new(typed.text.en),
            is_pinned: RwSignal::new(typed.is_pinned),
            readers: RwSignal::new(typed.readers),
            levels: RwSignal::new(typed.levels),
            regions: RwSignal::new(typed.regions),
            from: RwSignal::new(typed.from),
            until: RwSignal::new(typed.until),
            errors: RwSignal::new(Vec::new()),
        }
    }

    /// As they stand.
    pub fn typed(self) -> Typed {
        Typed {
            category: self.category.get_untracked(),
            title: LocalText::new(self.title_zh.get_untracked(), self.title_en.get_untracked()),
            text: LocalText::new(self.text_zh.get_untracked(), self.text_en.get_untracked()),
            is_pinned: self.is_pinned.get_untracked(),
            readers: self.readers.get_untracked(),
            levels: self.levels.get_untracked(),
            regions: self.regions.get_untracked(),
            from: self.from.get_untracked(),
            until: self.until.get_untracked(),
        }
    }

    /// Shows what is wrong with some fields, and nothing at the others.
    pub fn mark(self, errors: Vec<(Field, FieldCode)>) {
        self.errors.set(errors);
    }

    /// What is wrong with a field, in words.
    pub fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let errors = self.errors.with(|errors| {
                let own = errors.iter().find(|(own, _)| *own == field);
                own.map(|(_, code)| *code)
            });
            errors.map(|code| words(field, code))
        })
    }
}

fn words(field: Field, code: FieldCode) -> String {
    match (field, code) {
        (Field::Regions, FieldCode::Required) => text!(notice_desk.regions_own),
        (Field::From | Field::Until, FieldCode::Invalid) => text!(notice_desk.date_wrong),
        _ => problems::field_words(code),
    }
}
