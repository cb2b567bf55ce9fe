/*
 * A port inside the fuzzer's own process.
 *
 * The port's owner builds it as a static library with coverage instrumentation, and names the library when the target `port` is
 * built (docs/fuzzing.md). libFuzzer runs targets in a process that may die, so that the port may too: a crash or a hang is a finding.
 */
#ifndef SEALPROOF_PORT_H
#define SEALPROOF_PORT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Answers one request of the port protocol: `request` is a line as an adapter reads it, without its newline and without
 * anything after its `request_bytes` bytes. Writes the answer's line, with or without a newline, into the `answer_bytes` bytes at `answer`
 * and returns its length; 0 where the answer does not fit or nothing is to be said, which counts as `unsupported`. No
 * `hello` is asked. Keeps nothing of either pointer, prints nothing, and gives the same answer to the same request.
 */
size_t sealproof_port_answer(const char *request, size_t request_bytes, char *answer, size_t answer_bytes);

#ifdef __cplusplus
}
#endif

#endif
