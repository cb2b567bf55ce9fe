#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| sealproof_fuzz::baseline::autonomail_2014(data));
