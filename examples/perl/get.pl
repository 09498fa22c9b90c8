#!/usr/bin/perl
# Retrieves one person with finaut, in Perl, with FFI::Platypus (Debian: libffi-platypus-perl).
#
# Replies are taken as 'opaque', never as 'string': Platypus would copy the text and forget the pointer, which must be freed.
# What goes in and out is bytes of UTF-8: Encode::encode_utf8 what you pass, decode_utf8 what you get. The library is found as
# any is (ldconfig, LD_LIBRARY_PATH).
use strict;
use warnings;
use Encode qw(decode_utf8);
use FFI::Platypus 1.00;

my $ffi = FFI::Platypus->new(api => 1, lib => 'libfinaut.so.1');
$ffi->attach(finaut_client_new => ['string', 'opaque*', 'opaque*'] => 'sint32');
$ffi->attach(finaut_client_free => ['opaque'] => 'void');
$ffi->attach(finaut_users_get => ['opaque', 'string', 'opaque*'] => 'sint32');
$ffi->attach(finaut_json_get => ['opaque', 'string', 'opaque*'] => 'sint32');
$ffi->attach(finaut_string_free => ['opaque'] => 'void');

# A value of a JSON text, which is still the library's; undef where there is none.
sub json_get {
    my ($json, $pointer) = @_;
    my $code = finaut_json_get($json, $pointer, \my $value);
    my $text = $code == 0 ? decode_utf8($ffi->cast('opaque' => 'string', $value)) : undef;
    finaut_string_free($value);
    return $text;
}

# The person's last name, or why there is none.
sub last_name {
    my ($client, $args) = @_;
    my $code = finaut_users_get($client, $args, \my $reply);
    my $text = json_get($reply, $code == 0 ? '/last_name' : '/code');
    finaut_string_free($reply);
    return $text;
}

binmode STDOUT, ':encoding(UTF-8)';
# Credentials come from the environment; '{}' sets nothing.
my ($client, $reply);
if (finaut_client_new('{}', \$client, \$reply) != 0) {
    my $message = json_get($reply, '/message');
    finaut_string_free($reply);
    die "$message\n";
}
finaut_string_free($reply);
print last_name($client, '{"employee_alias": "ANS-00004"}'), "\n";
print last_name($client, '{"id": 1}'), "\n";
finaut_client_free($client);
