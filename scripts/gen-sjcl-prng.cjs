"use strict";
/*
 * The scripts that SJCL's generator answers.
 *
 * In: the key stream.  Out: files, each with positive cases and with negative ones that change one of them; and the flags.
 * An event is kind (0 request, 1 number, 2 array, 3 text) ‖ source ‖ estimate ‖ milliseconds since the start ‖ data.
 */

const START_MS = 1395350400000; // 2014-03-20, when the published Autonomail client ran

function event(kind, { source = 0, bits = 0, at = 0 }, data) {
  const head = Buffer.alloc(8);
  head.writeUInt8(kind, 0);
  head.writeUInt8(source, 1);
  head.writeUInt16BE(bits, 2);
  head.writeUInt32BE(at, 4);
  return Buffer.concat([head, data]).toString("hex");
}

function word(value) {
  const data = Buffer.alloc(4);
  data.writeInt32BE(value | 0);
  return data;
}

const request = (words, at = 0) => event(0, { at }, word(words));
const number = (value, about = {}) => event(1, about, word(value));
const array = (values, about = {}) => event(2, about, Buffer.concat(values.map(word)));
const text = (value, about = {}) => event(3, about, Buffer.from(value, "utf8"));

const LEVEL_BITS = [0, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
const scripted = (events, { paranoia = 6, start_ms = START_MS } = {}) => ({ paranoia, start_ms, events });

function flags(flag, issues) {
  return {
    PrngPools: flag("MODIFIED_PARAMETER", "There is one pool at first, and one more whenever the number of reseeds reaches two to the power of the pools.", "Fortuna's 32 pools give other bytes from the first reseed on."),
    PrngPoolSelect: flag("MODIFIED_PARAMETER", "A reseed takes the pools up to the first whose bit is set in the number of reseeds before it, and all of them if the generator was not ready.", "Fortuna's rule, or a count from 1, gives other bytes."),
    PrngRobin: flag("EDGE_CASE", "Each source goes round the pools by itself, and by the number of pools at that moment.", "One round for all sources gives other bytes as soon as there are two pools."),
    PrngSingleHash: flag("WRONG_PRIMITIVE", "Pools and key are hashed with SHA-256 once.", "Fortuna's double hash gives other bytes."),
    PrngEventLayout: flag("ENCODING", "An event is big-endian words of source, event number, kind, estimate, time modulo 2^32 and length, then its data.", "Another layout gives another digest."),
    PrngText: flag("ENCODING", "A text's length is in UTF-16 units and its data are UTF-8, so that the next event may begin within a word.", "Texts that are not ASCII, or do not fill a word, give other bytes.", [`${issues}225`]),
    PrngRandom: flag("MISSING_STEP", "A seed is the time of the next reseed, 16 words of Math.random and the pools' digests.", "A port that leaves the 17 words out gives other bytes.", [`${issues}77`]),
    PrngCounter: flag("EDGE_CASE", "The counter's first word counts first, each word is big-endian, and it moves on before each block.", "Fortuna's counter, which moves on after the block, gives other bytes."),
    PrngRekey: flag("MISSING_STEP", "Two blocks become the new key after each request, and never within one, whatever its length.", "The state gives away what was given before, or long requests differ."),
    PrngReady: flag("AUTH_BYPASS", "Without the entropy that the paranoia level asks for there are no words.", "The bytes can be guessed.", [`${issues}84`, `${issues}125`, `${issues}333`, "https://github.com/PrivateBin/PrivateBin/issues/346"]),
    PrngStrength: flag("FUNCTIONALITY", "The strength of the best reseed stays, so that a generator that was ready stays ready.", "A port refuses what SJCL gives."),
    PrngClock: flag("EDGE_CASE", "A generator that is ready reseeds with more than 80 bits in pool 0 and after more than 30 seconds.", "Reseeds come too often or too late."),
  };
}

/** Enough for the default level, in pool 0. */
const seed = (take, at = 0) => array(words(take, 8), { bits: 256, at });
const words = (take, count) => Array.from({ length: count }, () => take(4).readInt32BE());

function layouts(take) {
  const cases = [];
  const add = (name, why, flagged, events, more) => cases.push({ name, why, flags: flagged, input: scripted([...events, request(8)], more) });
  const enough = { bits: 256 };
  const layout = ["PrngEventLayout", "PrngSingleHash"];
  add("number", "A number: one word of data", layout, [number(0x01234567, enough)]);
  add("number-negative", "A number below zero is its two's complement", layout, [number(-2, enough)]);
  add("number-zero", "A number whose bits are all zero", layout, [number(0, enough)]);
  add("array", "An array: its length, then its words", layout, [array(words(take, 8), enough)]);
  add("array-of-one", "An array of one word is not a number: its kind differs", layout, [array([0x01234567], enough)]);
  add("array-empty", "An array of nothing: the header alone", layout, [array([], enough)]);
  for (const count of [9, 10, 26, 64]) add(`array-of-${count}`, "An array at the edge of the hash's block, or over several", layout, [array(words(take, count), enough)]);
  add("text", "A text of two whole words", ["PrngText"], [text("sealproo", enough)]);
  add("text-empty", "A text of nothing: the header alone", ["PrngText"], [text("", enough)]);
  for (const value of ["a", "ab", "abc"]) add(`text-of-${value.length}-then-a-number`, "What follows a text begins within a word", ["PrngText"], [text(value, enough), number(0x01234567)]);
  add("text-latin", "Two bytes of UTF-8 and one unit of UTF-16", ["PrngText"], [text("\u00e4", enough), number(7)]);
  add("text-cjk", "Three bytes of UTF-8 for each unit of UTF-16", ["PrngText"], [text("\u6f22\u5b57", enough), number(7)]);
  add("text-emoji", "Four bytes of UTF-8 and two units of UTF-16", ["PrngText"], [text("\u{1f511}", enough), number(7)]);
  add("text-nul", "A NUL is a byte like any other", ["PrngText"], [text("a\u0000b", enough), number(7)]);
  add("texts-in-a-row", "Several texts, none of which fills its words", ["PrngText"], ["a", "bc", "d\u00e9", "efg"].map((value) => text(value, enough)));
  add("event-numbers", "Three events, numbered over all sources", layout, [number(1, enough), number(1, enough), number(1, enough)]);
  add("sources-by-first-use", "A source's word is the place of its first event, not its name", layout, [200, 7, 200, 0].map((source) => number(1, { ...enough, source })));
  add("estimate", "The estimate is a word of the event, and so changes the bytes", layout, [number(1, { bits: 257 })]);
  add("time-within-a-word", "A time below 2^32", layout, [number(1, enough)], { start_ms: 1000 });
  add("time-zero", "A time of zero", layout, [number(1, enough)], { start_ms: 0 });
  add("time-over-a-word", "A time of 2^32 + 1000 is hashed as 1000, and the reseed's too", layout, [number(1, enough)], { start_ms: 2 ** 32 + 1000 });
  add("time-of-each-event", "Each event has its own time", layout, [number(1, { ...enough, at: 5 }), number(1, { ...enough, at: 70000 })]);
  add("text-of-two-emoji", "Eight bytes of UTF-8 and four units of UTF-16 for what a person counts as two", ["PrngText"], [text("\u{1f511}\u{1f512}", enough)]);
  return cases;
}

function requests(take) {
  const cases = [];
  const add = (name, why, flagged, events, more) => cases.push({ name, why, flags: flagged, input: scripted(events, more) });
  const start = seed(take);
  for (const count of [0, 1, 3, 4, 5, 8, 256, 257]) add(`words-${count}`, "A request, and four words after it under the next key", ["PrngRekey", "PrngCounter"], [start, request(count), request(4)]);
  add("words-at-once", "Sixteen words in one request", ["PrngRekey"], [start, request(16)]);
  add("words-four-by-four", "Sixteen words in four requests, of which the first are as before", ["PrngRekey"], [start, request(4), request(4), request(4), request(4)]);
  add("words-1028", "The counter reaches its second byte within the request", ["PrngCounter"], [start, request(1028), request(4)]);
  add("words-131080", "The change of key after 65,536 words that SJCL means to make never comes", ["PrngRekey"], [start, request(131080), request(4)]);
  add("words-65540", "One block more than the 65,536 words of one key", ["PrngRekey"], [start, request(65540), request(4)]);
  add("words-0-in-a-row", "Two requests of no word, each of which changes the key", ["PrngRekey"], [start, request(0), request(0), request(4)]);
  return cases;
}

function levels(take) {
  const positive = [];
  const negative = [];
  const data = words(take, 4);
  const just = (bits) => [array(data, { bits }), request(4)];
  LEVEL_BITS.forEach((bits, paranoia) => {
    const name = `level-${paranoia}`;
    positive.push({ name, why: `Level ${paranoia} asks for ${bits} bits, and has them`, flags: ["PrngReady"], input: scripted(just(bits), { paranoia }) });
    if (bits > 0) negative.push({ from: name, name: `${name}-short`, why: "One bit is missing", flags: ["PrngReady"], input: scripted(just(bits - 1), { paranoia }) });
  });
  positive.push({ name: "level-0-without-events", why: "Level 0 asks for nothing, and reseeds at every request, since it never gets strong", flags: ["PrngReady", "PrngRandom"], input: scripted([request(4), request(4), request(4, 40000)], { paranoia: 0 }) });
  positive.push({ name: "many-small-events", why: "Estimates add up: 64 events of four bits", flags: ["PrngReady"], input: scripted([...data.concat(...Array.from({ length: 15 }, () => words(take, 4))).map((value) => number(value, { bits: 4 })), request(4)]) });
  positive.push({ name: "still-ready", why: "After the reseed the pools are empty, and the generator gives words all the same", flags: ["PrngStrength"], input: scripted([seed(take), request(4), request(4, 3600000)]) });
  negative.push({ from: "level-6", name: "without-events", why: "Words are asked for before any event", flags: ["PrngReady"], input: scripted([request(4)]) });
  negative.push({ from: "level-6", name: "request-before-events", why: "The entropy comes after the request", flags: ["PrngReady"], input: scripted([request(4), array(data, { bits: 256 })]) });
  negative.push({ from: "level-6", name: "estimate-of-zero", why: "Events that nobody vouches for do not count", flags: ["PrngReady"], input: scripted([array(words(take, 64), { bits: 0 }), request(4)]) });
  return { positive, negative };
}

function reseeds(take) {
  const cases = [];
  const add = (name, why, flagged, events, more) => cases.push({ name, why, flags: flagged, input: scripted(events, more) });
  const start = [seed(take), request(4)];
  const late = (bits, at) => [array(words(take, 4), { bits, at }), request(4, at)];
  add("reseed", "More than 80 bits, and more than 30 seconds", ["PrngClock", "PrngRandom"], [...start, ...late(81, 30001)]);
  add("no-reseed-with-80-bits", "80 bits are not more than 80", ["PrngClock"], [...start, ...late(80, 40000)]);
  add("no-reseed-at-30-seconds", "30 seconds are not more than 30", ["PrngClock"], [...start, ...late(81, 30000)]);
  add("no-reseed-at-once", "No time has passed, so the events wait", ["PrngClock"], [...start, ...late(500, 0), request(4, 30001)]);
  add("next-reseed-from-the-last", "The 30 seconds count from the last reseed, not from the start", ["PrngClock"], [...start, ...late(81, 45000), ...late(81, 75000), ...late(81, 75001)]);
  add("random-goes-on", "Three reseeds take 48 words of Math.random", ["PrngRandom"], [...start, ...late(100, 40000), ...late(100, 80000)]);
  const many = (sources, bits) => Array.from({ length: 20 }, (_, round) => {
    const at = 31000 * (round + 1);
    return [...sources.map((source) => array(words(take, 2), { bits, source, at })), request(4, at)];
  }).flat();
  const pools = ["PrngPools", "PrngPoolSelect", "PrngRobin"];
  add("pools-grow", "One source and twenty rounds, in which a second, a third and a fourth pool appear", pools, [...start, ...many([0], 200)]);
  add("sources-go-round", "Three sources, each on its own round over the pools", pools, [...start, ...many([5, 6, 7], 90)]);
  add("pool-0-starves", "One source with little: some rounds bring pool 0 too little for a reseed", pools, [...start, ...many([0], 50)]);
  const worthless = [1, 2, 3].flatMap((source) => Array.from({ length: 4 }, () => array(words(take, 2), { source })));
  const weak = [...Array(5).fill(request(4)), ...worthless, request(4), ...worthless, request(4)];
  add("all-pools-while-weak", "Level 0 without estimates: five reseeds make three pools, and each later one takes all three", ["PrngPoolSelect", "PrngPools"], weak, { paranoia: 0 });
  const weaker = [...Array(9).fill(request(4)), ...worthless, request(4), ...worthless, request(4)];
  add("all-pools-while-weaker", "The same after nine reseeds, with a pool more", ["PrngPoolSelect", "PrngPools"], weaker, { paranoia: 0 });
  const halves = [40, 40].map((bits) => array(words(take, 4), { bits, at: 40000 }));
  add("no-reseed-with-80-bits-in-two", "Two events of 40 bits are 80, and not more", ["PrngClock"], [...start, ...halves, request(4, 40000)]);
  return cases;
}

function files(keyStream) {
  const about = (topic, title) => ({ topic: `sjcl-prng/${topic}`, title, recipe: `sjcl/prng-${topic}` });
  const made = (topic, title, make) => {
    const cases = make(keyStream(`sjcl/prng-${topic}`));
    return { ...about(topic, title), ...(Array.isArray(cases) ? { positive: cases, negative: [] } : cases) };
  };
  return [
    made("events", "SJCL's generator: what an event adds to its pool", layouts),
    made("requests", "SJCL's generator: requests, keys and the counter", requests),
    made("levels", "SJCL's generator: what each paranoia level asks for", levels),
    made("reseeds", "SJCL's generator: when it reseeds and from which pools", reseeds),
  ];
}

module.exports = { flags, files };
