/*
 * An example port over libsodium: BLAKE2b, HChaCha20 and XChaCha20-Poly1305. Requests come as the suite writes them, without
 * white space, so that a member is found by its name in quotes; every value that it reads is hex or digits.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sealproof_port.h"

#define BYTES_MAX 4096

struct bytes {
    unsigned char at[BYTES_MAX];
    size_t count;
    int is_there;
};

/* The place after `"name":`, or NULL. */
static const char *find(const char *text, const char *name) {
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\":", name);
    const char *found = strstr(text, quoted);
    return found ? found + strlen(quoted) : NULL;
}

/* A member's hex as bytes. */
static struct bytes hex(const char *text, const char *name) {
    struct bytes read = {.count = 0, .is_there = 0};
    const char *found = find(text, name), *end = NULL;
    if (found && *found == '"')
        read.is_there = sodium_hex2bin(read.at, sizeof read.at, found + 1, strcspn(found + 1, "\""), NULL, &read.count, &end) == 0;
    return read;
}

static size_t output(char *answer, size_t room, const char *id, const char *member, const unsigned char *bytes, size_t count) {
    char text[2 * BYTES_MAX + 64];
    sodium_bin2hex(text, sizeof text, bytes, count);
    int length = snprintf(answer, room, "{\"id\":%s,\"output\":{\"%s\":\"%s\"}}", id, member, text);
    return length > 0 && (size_t)length < room ? (size_t)length : 0;
}

static size_t reject(char *answer, size_t room, const char *id, const char *reason) {
    int length = snprintf(answer, room, "{\"id\":%s,\"reject\":{\"reason\":\"%s\",\"detail_text\":\"\"}}", id, reason);
    return length > 0 && (size_t)length < room ? (size_t)length : 0;
}

static size_t blake2b(const char *text, const char *id, char *answer, size_t room) {
    struct bytes message = hex(text, "message"), key = hex(text, "key");
    unsigned char digest[64];
    const char *found = find(text, "length");
    unsigned long long length = found ? strtoull(found, NULL, 10) : 0;
    if (!message.is_there || !key.is_there)
        return 0;
    if (length < 1 || length > 64 || key.count > 64)
        return reject(answer, room, id, "parameter");
    crypto_generichash(digest, length, message.at, message.count, key.at, key.count);
    return output(answer, room, id, "digest", digest, length);
}

static size_t hchacha20(const char *text, const char *id, char *answer, size_t room) {
    /* `input` is also the name of what holds the members. */
    const char *members = find(text, "input");
    struct bytes key = hex(text, "key"), block = hex(members ? members : text, "input");
    unsigned char subkey[32];
    if (!key.is_there || !block.is_there)
        return 0;
    if (key.count != 32 || block.count != 16)
        return reject(answer, room, id, "parameter");
    crypto_core_hchacha20(subkey, block.at, key.at, NULL);
    return output(answer, room, id, "subkey", subkey, sizeof subkey);
}

static size_t xchacha20(const char *text, const char *id, char *answer, size_t room, int seals) {
    struct bytes key = hex(text, "key"), nonce = hex(text, "nonce"), aad = hex(text, "aad");
    struct bytes given = hex(text, seals ? "plaintext" : "ciphertext");
    unsigned char made[BYTES_MAX + 16];
    unsigned long long count = 0;
    if (!key.is_there || !nonce.is_there || !aad.is_there || !given.is_there || given.count > BYTES_MAX - 16)
        return 0;
    if (key.count != 32 || nonce.count != 24)
        return reject(answer, room, id, "parameter");
    if (seals)
        crypto_aead_xchacha20poly1305_ietf_encrypt(made, &count, given.at, given.count, aad.at, aad.count, NULL, nonce.at, key.at);
    else if (crypto_aead_xchacha20poly1305_ietf_decrypt(made, &count, NULL, given.at, given.count, aad.at, aad.count, nonce.at, key.at))
        return reject(answer, room, id, "authentication");
    return output(answer, room, id, seals ? "ciphertext" : "plaintext", made, count);
}

size_t sealproof_port_answer(const char *request, size_t request_bytes, char *answer, size_t room) {
    static char text[1 << 16];
    char id[24] = "";
    if (request_bytes >= sizeof text || sodium_init() < 0)
        return 0;
    memcpy(text, request, request_bytes);
    text[request_bytes] = 0;
    const char *number = find(text, "id"), *operation = find(text, "op");
    if (!number || !operation)
        return 0;
    snprintf(id, sizeof id, "%.*s", (int)strspn(number, "0123456789"), number);
    if (strncmp(operation, "\"blake2b.digest\"", 16) == 0)
        return blake2b(text, id, answer, room);
    if (strncmp(operation, "\"hchacha20.subkey\"", 18) == 0)
        return hchacha20(text, id, answer, room);
    if (strncmp(operation, "\"xchacha20-poly1305.seal\"", 25) == 0)
        return xchacha20(text, id, answer, room, 1);
    if (strncmp(operation, "\"xchacha20-poly1305.open\"", 25) == 0)
        return xchacha20(text, id, answer, room, 0);
    return 0;
}
