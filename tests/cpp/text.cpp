// Text: that what is written is what is read, through every layer and in other encodings; and that nothing is cut off.
#include "harness.hpp"

namespace {

using finaut::client;
using finaut::json_get;
using finaut::json_set;

// Norwegian letters, quotes, a backslash, control characters, an emoji beyond the first plane, and what looks like JSON.
const std::string HARD = "Kj\xc3\xa6rsti \"\xc3\x98yvind\" O'\xc3\x85s \\ \t \xf0\x9f\x98\x80 \\u00e6 {\"a\": 1}";
const std::string NAME = "Bj\xc3\xb8rn\xc3\xa5s-\xc3\x98\xc3\xa6 \"B\" \\ \xf0\x9f\x98\x80";

std::string new_person(const std::string &name)
{
    std::string args = "{\"company\": 2201, \"department\": 3301}";
    args = json_set(args, "/persnr", unused_persnr());
    args = json_set(args, "/first_name", "Kari");
    args = json_set(args, "/last_name", name);
    return json_set(args, "/schemes/-", "afr");
}

void json_keeps_every_character()
{
    const std::string json = json_set(json_set("", "/a/\xc3\xa6 b", HARD), "/list/-", HARD);
    EXPECT(json_get(json, "/a/\xc3\xa6 b") == HARD && json_get(json, "/list/0") == HARD, json);
    EXPECT(json_get(json_set("{\"a\": {\"b\": [1, 2.50]}}", "/c", ""), "/a") == "{\"b\":[1,2.50]}", "JSON is given as JSON");
}

void the_register_keeps_every_character()
{
    const client client = client_with("");
    const std::string user = client.users().create_candidate(new_person(NAME));
    EXPECT(json_get(user, "/last_name") == NAME, user);
    const std::string id = json_set("{}", "/id", json_get(user, "/id"));
    EXPECT(json_get(client.users().get(id), "/last_name") == NAME, user);
    const std::string seen = sandbox("GET", "people");
    const std::string in_json = "Bj\xc3\xb8rn\xc3\xa5s-\xc3\x98\xc3\xa6 \\\"B\\\" \\\\ \xf0\x9f\x98\x80";
    EXPECT(seen.find(in_json) != std::string::npos, "at the server");
    const std::string status = client.users().hold(json_set(json_set(id, "/scheme", "afr"), "/comment", HARD));
    EXPECT(json_get(status, "/comment") == HARD, status);
    const std::string alias = json_set("{}", "/employee_alias", NAME);
    EXPECT(json_get(client.users().list(alias), "/count") == "0", "as an argument that is searched for");
}

void an_error_keeps_every_character()
{
    const client client = client_with("");
    const auto e = THROWN(finaut::argument_error, client.users().get("{\"b\xc3\xa6 \\\"q\\\" \xf0\x9f\x98\x80\": 1}"));
    EXPECT(e.message().find("b\xc3\xa6 \"q\" \xf0\x9f\x98\x80") != std::string::npos, e.message());
    EXPECT(e.message() == e.what(), e.what());
    fault("{\"kind\": \"status\", \"status\": 422, \"path\": \"user/\", "
          "\"body\": \"{\\\"last_name\\\": [\\\"\xc3\xa6 \\\\\\\"\xf0\x9f\x98\x80\\\"]}\"}");
    const auto refused = THROWN(finaut::validation_error,
                                client.users().update("{\"id\": 590001, \"changes\": {\"last_name\": \"\xc3\x85\"}}"));
    EXPECT(json_get(refused.fields(), "/last_name/0") == "\xc3\xa6 \"\xf0\x9f\x98\x80", refused.json());
}

void an_observer_gets_every_character()
{
    client client = client_with("");
    client.users().create_candidate(json_set(new_person("Nordmann"), "/employee_alias", "\xc3\xa6\xc3\xb8 \"1\""));
    std::string seen;
    client.observe([&seen](const std::string &event) {
        EXPECT(json_get(event, "/event", "none") != "none", event);
        seen += json_get(event, "/operation", "");
        return 0;
    });
    EXPECT(json_get(client.users().list("{\"employee_alias\": \"\xc3\xa6\xc3\xb8 \\\"1\\\"\"}"), "/count") != "0", seen);
    EXPECT(seen.find("users.list") == 0, seen);
}

// The host's text is Windows-1252: ø is the one byte F8. What it lacks comes as an escape.
void another_encoding_goes_in_and_out()
{
    const client utf8 = client_with("");
    const client old = client_with(", \"encoding\": \"windows-1252\"");
    const std::string user = old.users().create_candidate(new_person("Bj\xf8rn\xe5s \"\x80\""));
    EXPECT(json_get(user, "/last_name") == "Bj\xf8rn\xe5s \"\x80\"", user);
    const std::string id = json_set("{}", "/id", json_get(user, "/id"));
    EXPECT(json_get(utf8.users().get(id), "/last_name") == "Bj\xc3\xb8rn\xc3\xa5s \"\xe2\x82\xac\"", user);
    utf8.users().update(json_set(id, "/changes/last_name", "\xc3\xb8 \xf0\x9f\x98\x80"));
    EXPECT(old.users().get(id).find("\"\xf8 \\ud83d\\ude00\"") != std::string::npos, old.users().get(id));
    const auto e = THROWN(finaut::argument_error, old.users().get("{\"b\xe6\": 1}"));
    EXPECT(e.message().find("b\xe6") != std::string::npos, e.message());
}

void bytes_that_are_no_text_are_refused()
{
    const client client = client_with("");
    THROWN(finaut::argument_error, client.users().get("{\"employee_alias\": \"\xff\xfe\"}"));
    const auto e = THROWN(finaut::error, client.call("\xff"));
    EXPECT(!e.message().empty(), e.json());
}

// C sees the end of a string at its first zero byte; what comes after must not silently be lost.
void a_zero_byte_is_refused_wherever_it_stands()
{
    const long requests = counted("requests");
    client client = client_with("");
    const std::string zero("{}\0x", 4);
    const auto e = THROWN(finaut::argument_error, client.users().list(zero));
    EXPECT(e.message().find("args_json: has a zero byte at position 2") == 0, e.message());
    EXPECT(json_get(e.json(), "/message") == e.message() && e.code() == "argument", e.json());
    const std::function<void()> others[] = {
        [&] { client.call("users.list", zero); },
        [&] { client.call(std::string("users.list\0x", 12)); },
        [&] { client.check(std::string("\0", 1)); },
        [&] { finaut::client another(zero); },
        [&] { json_get(zero, "/a"); },
        [&] { json_get("{}", std::string("/a\0", 3)); },
        [&] { json_get("{}", std::string("/a\0", 3), "instead"); },
        [&] { json_set(zero, "/a", ""); },
        [&] { json_set("{}", std::string("/a\0b", 4), ""); },
        [&] { json_set("{}", "/a", std::string("a\0", 2)); },
        [&] { finaut::persnr_check(std::string("01810050019\0", 12)); },
    };
    for (const auto &other : others) {
        THROWN(finaut::argument_error, other());
    }
    EXPECT(counted("requests") == requests, "nothing is sent");
    // An escaped one is JSON like any other.
    EXPECT(json_get("{\"a\": \"\\u0001\"}", "/a") == "\x01", "escapes are the JSON's matter");
}

void identity_numbers_are_checked_without_a_request()
{
    EXPECT(json_get(finaut::persnr_check("01810050019"), "/valid") == "true", finaut::persnr_check("01810050019"));
    EXPECT(json_get(finaut::persnr_check("01810050019"), "/synthetic") == "true", finaut::persnr_check("01810050019"));
    EXPECT(json_get(finaut::persnr_check("01810050018"), "/valid") == "false", finaut::persnr_check("01810050018"));
    EXPECT(json_get(finaut::persnr_check("\xc3\xa6"), "/valid") == "false", finaut::persnr_check("\xc3\xa6"));
}

void long_text_comes_through_whole()
{
    const std::string text(200000, 'x');
    EXPECT(json_get(json_set("{}", "/a", text), "/a") == text, "200,000 characters");
    THROWN(finaut::argument_error, client_with("").users().get("{\"employee_alias\": \"" + std::string(2000000, 'x') + "\"}"));
}

} // namespace

int main(int argc, char **argv)
{
    return run_tests(argc, argv,
                     {
                         TEST(json_keeps_every_character),
                         TEST(the_register_keeps_every_character),
                         TEST(an_error_keeps_every_character),
                         TEST(an_observer_gets_every_character),
                         TEST(another_encoding_goes_in_and_out),
                         TEST(bytes_that_are_no_text_are_refused),
                         TEST(a_zero_byte_is_refused_wherever_it_stands),
                         TEST(identity_numbers_are_checked_without_a_request),
                         TEST(long_text_comes_through_whole),
                     });
}
