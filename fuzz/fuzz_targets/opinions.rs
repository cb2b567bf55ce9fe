#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| sealproof_fuzz::opinions(data));
