<?php
// Sealproof port: both systems in PHP, on hash, openssl and sodium. It is here to have bugs planted in it.
// In: one request of the port protocol per line.  Out: one answer per line.

declare(strict_types=1);

const NOTE_ALG = 'xcha-argon2i13-7';
const APP_SALT = 'oVzKtazBo7d8sb7TBvY9jw';

final class Refusal extends Exception
{
    public function __construct(public readonly string $reason, string $detail)
    {
        parent::__construct($detail);
    }
}

function sized(string $name, string $value, int $size): string
{
    if (strlen($value) !== $size) {
        throw new Refusal('parameter', "$name is " . strlen($value) . " bytes, not $size");
    }
    return $value;
}

function given(array $in, string $name, int $size): string
{
    return sized($name, $in[$name] ?? random_bytes($size), $size);
}

/** A flat JSON object with exactly these members; `name?` may be absent. */
function members(string $text, string $names): array
{
    $read = json_decode($text, false, 4);
    if (!$read instanceof stdClass) {
        throw new Refusal('malformed', 'not an object of JSON');
    }
    $members = (array) $read;
    foreach (explode(' ', $names) as $name) {
        if (!str_ends_with($name, '?') && !array_key_exists($name, $members)) {
            throw new Refusal('malformed', "$name is missing");
        }
    }
    return $members;
}

function text(array $members, string $name): string
{
    if (!is_string($members[$name])) {
        throw new Refusal('malformed', "$name is not a text");
    }
    return $members[$name];
}

function integer(array $members, string $name): int
{
    if (!is_int($members[$name])) {
        throw new Refusal('malformed', "$name is not an integer");
    }
    return $members[$name];
}

function standard_base64(string $text): string
{
    $decoded = base64_decode($text, true);
    if ($decoded === false || base64_encode($decoded) !== $text) {
        throw new Refusal('malformed', 'not base64 as it is written');
    }
    return $decoded;
}

function url_base64(string $text): string
{
    try {
        return sodium_base642bin($text, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
    } catch (SodiumException $error) {
        throw new Refusal('malformed', $error->getMessage());
    }
}

function to_url_base64(string $bytes): string
{
    return sodium_bin2base64($bytes, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
}

function pbkdf2(string $password, string $salt, int $iterations, int $length): string
{
    if ($iterations < 1 || $length < 1) {
        throw new Refusal('parameter', "$iterations iterations, $length bytes");
    }
    return hash_pbkdf2('sha512', $password, $salt, $iterations, $length, true);
}

function gcm_seal(string $key, string $iv, string $aad, string $plaintext): string
{
    sized('key', $key, 32);
    $ciphertext = openssl_encrypt($plaintext, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag, $aad, 16);
    if ($ciphertext === false) {
        throw new Refusal('parameter', 'openssl_encrypt');
    }
    return $ciphertext . $tag;
}

function gcm_open(string $key, string $iv, string $aad, string $sealed): string
{
    sized('key', $key, 32);
    if (strlen($sealed) < 16) {
        throw new Refusal('malformed', 'less than a tag');
    }
    $ciphertext = substr($sealed, 0, -16);
    $tag = substr($sealed, -16);
    $plaintext = openssl_decrypt($ciphertext, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag, $aad);
    if ($plaintext === false) {
        throw new Refusal('authentication', 'openssl_decrypt');
    }
    return $plaintext;
}

function autonomail_key(string $password, string $salt, int $iterations): string
{
    return substr(pbkdf2($password, $salt, $iterations, 64), 0, 32);
}

function autonomail_seal(array $in): array
{
    $salt = given($in, 'salt', 32);
    $iv = given($in, 'iv', 16);
    $key = autonomail_key($in['password_text'], $salt, $in['iterations']);
    $inner = json_encode([
        'iv' => base64_encode($iv), 'v' => 1, 'iter' => 1000, 'ks' => 256, 'ts' => 128, 'mode' => 'gcm', 'adata' => '',
        'cipher' => 'aes', 'ct' => base64_encode(gcm_seal($key, $iv, '', $in['plaintext'])),
    ], JSON_UNESCAPED_SLASHES);
    return ['record' => bin2hex(json_encode(['salt' => bin2hex($salt), 'secureData' => base64_encode($inner)], JSON_UNESCAPED_SLASHES))];
}

function autonomail_open(array $in): array
{
    $record = members($in['record'], 'salt secureData');
    $salt = text($record, 'salt');
    if (strlen($salt) !== 64) {
        throw new Refusal('parameter', 'the salt has another length');
    }
    if (!ctype_xdigit($salt)) {
        throw new Refusal('malformed', 'the salt is no hex');
    }
    $inner = members(standard_base64(text($record, 'secureData')), 'iv v iter ks ts mode adata cipher ct');
    $iv = standard_base64(text($inner, 'iv'));
    $numbers = array_map(fn($name) => integer($inner, $name), ['v', 'ks', 'ts', 'iter']);
    $texts = array_map(fn($name) => text($inner, $name), ['mode', 'cipher', 'adata']);
    if (array_slice($numbers, 0, 3) !== [1, 256, 128] || $texts !== ['gcm', 'aes', '']) {
        throw new Refusal('parameter', 'another version, size, mode or cipher');
    }
    $key = autonomail_key($in['password_text'], hex2bin($salt), $in['iterations']);
    return ['plaintext' => bin2hex(gcm_open($key, sized('iv', $iv, 16), '', standard_base64(text($inner, 'ct'))))];
}

function note_key(string $password, string $salt): string
{
    sized('salt', $salt, 16);
    return sodium_crypto_pwhash(32, $password, $salt, 3, 8388608, SODIUM_CRYPTO_PWHASH_ALG_ARGON2I13);
}

function some_note_key(string $password, string $salt): string
{
    if ($password === '') {
        throw new Refusal('parameter', 'the password is empty');
    }
    return note_key($password, $salt);
}

function note_seal(array $in): array
{
    $salt = given($in, 'salt', 16);
    $nonce = given($in, 'nonce', 24);
    $plaintext = $in['plaintext'];
    $key = some_note_key($in['password_text'], $salt);
    $ciphertext = sodium_crypto_aead_xchacha20poly1305_ietf_encrypt($plaintext, '', $nonce, $key);
    return ['envelope' => bin2hex(json_encode([
        'format' => 'base64', 'alg' => NOTE_ALG, 'cipher' => to_url_base64($ciphertext), 'iv' => to_url_base64($nonce),
        'salt' => to_url_base64($salt), 'length' => strlen($plaintext),
    ]))];
}

function note_open(array $in): array
{
    $envelope = members($in['envelope'], 'format? alg? cipher iv salt length');
    integer($envelope, 'length');
    if (($envelope['alg'] ?? NOTE_ALG) !== NOTE_ALG || ($envelope['format'] ?? 'base64') !== 'base64') {
        throw new Refusal('parameter', 'another format or algorithm');
    }
    $nonce = sized('iv', url_base64(text($envelope, 'iv')), 24);
    $salt = sized('salt', url_base64(text($envelope, 'salt')), 16);
    $ciphertext = url_base64(text($envelope, 'cipher'));
    if (strlen($ciphertext) < 16) {
        throw new Refusal('malformed', 'less than a tag');
    }
    $key = some_note_key($in['password_text'], $salt);
    $plaintext = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt($ciphertext, '', $nonce, $key);
    if ($plaintext === false) {
        throw new Refusal('authentication', 'sodium');
    }
    return ['plaintext' => bin2hex($plaintext)];
}

function login_hash(array $in): array
{
    $salt = sodium_crypto_generichash(APP_SALT . transliterator_transliterate('Any-Lower', $in['email_text']), '', 16);
    $hash = sodium_crypto_pwhash(32, $in['password_text'], $salt, 3, 67108864, SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13);
    return ['hash_text' => to_url_base64($hash)];
}

$whole = ['tag_length' => [16], 'iv_length' => ['min' => 1, 'max' => 128]];
$operations = [
    'pbkdf2-hmac-sha512.derive' => [[], fn($in) => ['key' => bin2hex(pbkdf2($in['password'], $in['salt'], $in['iterations'], $in['length']))]],
    'aes-256-gcm.seal' => [$whole, fn($in) => ['ciphertext' => bin2hex(gcm_seal($in['key'], $in['iv'], $in['aad'], $in['plaintext']))]],
    'aes-256-gcm.open' => [$whole, fn($in) => ['plaintext' => bin2hex(gcm_open($in['key'], $in['iv'], $in['aad'], $in['ciphertext']))]],
    'autonomail.seal' => [[], autonomail_seal(...)],
    'autonomail.open' => [[], autonomail_open(...)],
    'notesnook.derive-key' => [[], fn($in) => ['key' => bin2hex(note_key($in['password_text'], $in['salt']))]],
    'notesnook.seal' => [[], note_seal(...)],
    'notesnook.open' => [[], note_open(...)],
    'notesnook.login-hash' => [[], login_hash(...)],
];

function hello(array $operations): array
{
    return [
        'protocol' => 1, 'name_text' => 'php', 'version_text' => PHP_VERSION, 'language_text' => 'PHP',
        'runtime_text' => 'PHP ' . PHP_VERSION, 'libraries' => ['openssl' => OPENSSL_VERSION_TEXT, 'libsodium' => SODIUM_LIBRARY_VERSION],
        'operations' => array_map(fn($operation) => (object) $operation[0], $operations), 'policies' => [],
    ];
}

function answer(array $request, array $operations): array
{
    if ($request['op'] === 'hello') {
        return ['output' => hello($operations)];
    }
    if (!isset($operations[$request['op']])) {
        return ['unsupported' => ['detail_text' => 'no operation ' . $request['op']]];
    }
    $in = [];
    foreach ($request['input'] as $name => $value) {
        $in[$name] = is_int($value) || str_ends_with($name, '_text') ? $value : hex2bin($value);
    }
    try {
        return ['output' => $operations[$request['op']][1]($in)];
    } catch (Refusal $refusal) {
        return ['reject' => ['reason' => $refusal->reason, 'detail_text' => $refusal->getMessage()]];
    } catch (Throwable $error) {
        return ['reject' => ['reason' => 'malformed', 'detail_text' => $error->getMessage()]];
    }
}

while (($line = fgets(STDIN)) !== false) {
    $request = json_decode($line, true);
    fwrite(STDOUT, json_encode(['id' => $request['id']] + answer($request, $operations), JSON_INVALID_UTF8_SUBSTITUTE) . "\n");
}
