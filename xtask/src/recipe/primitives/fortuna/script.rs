//! A script while a recipe writes it.

use vectors::{Fields, Value};

/// Events and requests in their order.
#[derive(Clone, Default)]
pub(super) struct Script {
    events: Vec<Vec<u8>>,
    requests: Vec<u64>,
}

impl Script {
    /// This script, and an event of source 1.
    pub(super) fn event(self, pool: u8, data: &[u8]) -> Self {
        self.event_of(1, pool, data)
    }

    /// This script, and an event.
    pub(super) fn event_of(mut self, source: u8, pool: u8, data: &[u8]) -> Self {
        self.events.push([&[source, pool], data].concat());
        self
    }

    /// This script, and a request.
    pub(super) fn request(mut self, bytes: u64) -> Self {
        self.events.push(Vec::new());
        self.requests.push(bytes);
        self
    }

    /// The request of the protocol.
    pub(super) fn input(&self, family: &str) -> Fields {
        Fields::new()
            .with_text("family_text", family)
            .with("events", self.events())
            .with("requests", Value::IntegerList(self.requests.clone()))
    }

    /// The events alone, to be put in another script's place.
    pub(super) fn events(&self) -> Value {
        Value::BytesList(self.events.clone())
    }
}
