<?php
// Retrieves one person with finaut, in PHP 7.4 or newer with its FFI extension.
//
// On the command line FFI is on; in a web server set ffi.enable=true, or preload this file and keep "preload".
// FFI::string copies a reply; the pointer must still be freed. A web server's processes come and go: give them all the same
// {"state": "/var/lib/hr/finaut.db"}, so that they share one token and one count of requests.

$finaut = FFI::cdef('
    typedef struct finaut_client finaut_client;
    int32_t finaut_client_new(const char *config_json, finaut_client **client, char **reply);
    void finaut_client_free(finaut_client *client);
    int32_t finaut_users_get(finaut_client *client, const char *args_json, char **reply);
    void finaut_string_free(char *string);
', 'libfinaut.so.1');

/** Takes a reply of the library: its value, freed. */
function taken(FFI $finaut, FFI\CData $reply)
{
    $text = FFI::string($reply);
    $finaut->finaut_string_free($reply);
    return json_decode($text, false, 512, JSON_THROW_ON_ERROR);
}

/** The person's last name, or why there is none. */
function last_name(FFI $finaut, FFI\CData $client, array $args): string
{
    $reply = $finaut->new('char *');
    $code = $finaut->finaut_users_get($client, json_encode($args, JSON_THROW_ON_ERROR), FFI::addr($reply));
    $value = taken($finaut, $reply);
    return $code === 0 ? $value->last_name : $value->code;
}

$client = $finaut->new('finaut_client *');
$reply = $finaut->new('char *');
// Credentials come from the environment; '{}' sets nothing.
$code = $finaut->finaut_client_new('{}', FFI::addr($client), FFI::addr($reply));
$value = taken($finaut, $reply);
if ($code !== 0) {
    fwrite(STDERR, $value->message . "\n");
    exit(1);
}
echo last_name($finaut, $client, ['employee_alias' => 'ANS-00004']), "\n";
echo last_name($finaut, $client, ['id' => 1]), "\n";
$finaut->finaut_client_free($client);
