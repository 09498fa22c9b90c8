// The errors: every code as its own exception, with everything that the library tells about it.
#include "harness.hpp"

#include <sys/syscall.h>

#include <clocale>
#include <csignal>
#include <ctime>
#include <type_traits>
#include <vector>

namespace {

// While it is set, the Rust standard library finds no clock and panics in the midst of a call: a mistake inside the library.
volatile bool clock_is_broken = false;

} // namespace

extern "C" int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    if (clock_is_broken && clock == CLOCK_MONOTONIC) {
        errno = EINVAL;
        return -1;
    }
    return static_cast<int>(syscall(SYS_clock_gettime, clock, time));
}

namespace {

using finaut::client;

// What is true of every error, and that it can be caught as what it is.
template <typename Error> void check(const Error &e, int number, const std::string &code)
{
    EXPECT(e.number() == number && e.code() == code, "number " << e.number() << ", code " << e.code() << ", not " << code);
    EXPECT(e.message().size() > 5 && e.message() == e.what(), e.message() << " / " << e.what());
    EXPECT(finaut::json_get(e.json(), "/code") == code && finaut::json_get(e.json(), "/message") == e.what(), e.json());
    EXPECT(e.operation() == finaut::json_get(e.json(), "/operation", ""), e.operation());
    EXPECT(e.request() == finaut::json_get(e.json(), "/request", ""), e.request());
    EXPECT(e.correlation_id() == finaut::json_get(e.json(), "/correlation_id", ""), e.correlation_id());
    EXPECT(e.fields() == finaut::json_get(e.json(), "/fields", "{}"), e.fields());
    EXPECT(e.server_fields() == finaut::json_get(e.json(), "/server_fields", "{}"), e.server_fields());
    EXPECT(e.values() == finaut::json_get(e.json(), "/values", "{}"), e.values());
    EXPECT(std::to_string(e.http_status()) == finaut::json_get(e.json(), "/http_status", "0"), e.http_status());
    static_assert(std::is_base_of<finaut::error, Error>::value && std::is_base_of<std::runtime_error, Error>::value,
                  "one hierarchy");
    static_assert(std::is_nothrow_copy_constructible<Error>::value, "an exception that throws when copied ends the program");
}

void argument()
{
    const client client = client_with("");
    const auto e = THROWN(finaut::argument_error, client.users().get("{\"idd\": 1}"));
    check(e, FINAUT_E_ARGUMENT, "argument");
    EXPECT(e.operation() == "users.get" && e.http_status() == 0 && e.request().empty(), e.json());
    EXPECT(e.fields().find("{\"idd\":") == 0, e.fields());
    EXPECT(THROWN(finaut::argument_error, client.users().get("{}")).fields() == "{}", "no field is wrong");
    EXPECT(e.retry_after_s() < 0, "not known");
    check(THROWN(finaut::argument_error, client.users().get("no JSON")), FINAUT_E_ARGUMENT, "argument");
    check(THROWN(finaut::argument_error, client.call("users.explode")), FINAUT_E_ARGUMENT, "argument");
    check(THROWN(finaut::argument_error, finaut::json_get("{", "/a")), FINAUT_E_ARGUMENT, "argument");
    check(THROWN(finaut::argument_error, finaut::json_get("{", "/a", "")), FINAUT_E_ARGUMENT, "argument");
    check(THROWN(finaut::argument_error, finaut::json_set("[]", "a", "")), FINAUT_E_ARGUMENT, "argument");
    check(THROWN(finaut::argument_error, finaut::client("[]")), FINAUT_E_ARGUMENT, "argument");
}

void handle()
{
    client client = client_with("");
    const finaut::client other = std::move(client);
    const auto e = THROWN(finaut::handle_error, client.users().get("{\"id\": 590001}"));
    check(e, FINAUT_E_HANDLE, "handle");
}

void config()
{
    const auto e = THROWN(finaut::config_error, finaut::client("{\"speed\": 1}"));
    check(e, FINAUT_E_CONFIG, "config");
    EXPECT(e.message().find("speed") != std::string::npos, e.message());
}

void validation()
{
    const client client = client_with("");
    auto e = THROWN(finaut::validation_error, client.users().get("{\"persnr\": \"123\"}"));
    check(e, FINAUT_E_VALIDATION, "validation");
    EXPECT(!finaut::json_get(e.fields(), "/persnr/0").empty() && e.http_status() == 0, e.json());
    e = THROWN(finaut::validation_error,
               client.userstatus().create("{\"appname\": \"zzz\", \"user\": 590001, \"status\": \"hvilende\", \"fresh\": true}"));
    check(e, FINAUT_E_VALIDATION, "validation");
    EXPECT(e.http_status() == 422 && e.operation() == "userstatus.create" && e.request().find("POST ") == 0, e.json());
}

void authentication()
{
    const client client("{\"host\": \"" + setting("FINAUT_API_HOST") + "\", \"client_id\": \"nobody\", \"client_secret\": \"no\"}");
    check(THROWN(finaut::authentication_error, client.check()), FINAUT_E_AUTHENTICATION, "authentication");
}

void permission()
{
    const client client = client_with("");
    fault("{\"kind\": \"status\", \"status\": 403, \"path\": \"user/\", \"headers\": {\"X-Correlation-Id\": \"abc-1\"}}");
    const auto e = THROWN(finaut::permission_error, client.users().get("{\"id\": 590001}"));
    check(e, FINAUT_E_PERMISSION, "permission");
    EXPECT(e.http_status() == 403 && e.correlation_id() == "abc-1", e.json());
}

void not_found()
{
    const client client = client_with("");
    const auto e = THROWN(finaut::not_found_error, client.users().get("{\"id\": 1}"));
    check(e, FINAUT_E_NOT_FOUND, "not_found");
    EXPECT(e.http_status() == 404 && e.request().find("GET ") == 0 && e.request().find("/user/1/") != std::string::npos, e.json());
    check(THROWN(finaut::not_found_error, finaut::json_get("{}", "/a")), FINAUT_E_NOT_FOUND, "not_found");
    EXPECT(finaut::json_get("{}", "/a", "none") == "none" && finaut::json_get("{\"a\": \"\"}", "/a", "none").empty(), "instead");
}

void ambiguous()
{
    const client client = client_with("");
    const auto e = THROWN(finaut::ambiguous_error, client.users().get("{\"employee_alias\": \"ANS-00006\"}"));
    check(e, FINAUT_E_AMBIGUOUS, "ambiguous");
}

void throttled()
{
    const client client = client_with(ONE_AN_HOUR);
    client.check();
    const auto e = THROWN(finaut::throttled_error, client.check("{\"max_wait_s\": 0}"));
    check(e, FINAUT_E_THROTTLED, "throttled");
    EXPECT(e.retry_after_s() > 3000 && e.retry_after_s() < 3700, e.json());
}

void server()
{
    const client client = client_with("");
    fault("{\"kind\": \"status\", \"status\": 500, \"path\": \"user/\", \"times\": null}");
    const auto e = THROWN(finaut::server_error, client.users().get("{\"id\": 590001, \"max_wait_s\": 0}"));
    check(e, FINAUT_E_SERVER, "server");
    EXPECT(e.http_status() == 500, e.json());
}

void network()
{
    const client client("{\"host\": \"http://127.0.0.1:1\", \"client_id\": \"a\", \"client_secret\": \"b\", \"max_wait_s\": 0}");
    check(THROWN(finaut::network_error, client.check()), FINAUT_E_NETWORK, "network");
}

void unknown_outcome()
{
    const client client = client_with("");
    client.check(); // the token is there, so that the next request is the POST
    fault("{\"kind\": \"cut_after_acting\", \"method\": \"POST\", \"path\": \"user/\"}");
    const auto e = THROWN(finaut::unknown_outcome_error,
                          client.request("{\"method\": \"POST\", \"path\": \"user/\", \"body\": {}, \"max_wait_s\": 0}"));
    check(e, FINAUT_E_UNKNOWN_OUTCOME, "unknown_outcome");
    EXPECT(e.request().find("POST ") == 0, e.json());
}

void protocol()
{
    const client client = client_with("");
    fault("{\"kind\": \"html\", \"status\": 200, \"path\": \"user/\", \"times\": null}");
    check(THROWN(finaut::protocol_error, client.users().get("{\"id\": 590001, \"max_wait_s\": 0}")), FINAUT_E_PROTOCOL, "protocol");
}

void interrupted()
{
    client client = client_with("");
    client.observe([](const std::string &) { return 1; });
    check(THROWN(finaut::interrupted_error, client.check()), FINAUT_E_INTERRUPTED, "interrupted");
}

void state()
{
    const auto e = THROWN(finaut::state_error, client_with(", \"state\": \"/nowhere/at/all/finaut.db\"").check());
    check(e, FINAUT_E_STATE, "state");
}

// The sync's: a first run is held, whose JSON says by which rail and what is to be looked at; what never ran is stale; and while one is under
// way another is told when to call again.
void held_stale_and_busy()
{
    const folder folder;
    const std::string settings = ", \"state\": \"" + folder.path + "/finaut.db\"";
    client client = client_with(settings);
    const finaut::client other = client_with(settings);
    const std::string args = "{\"profile\": {\"name\": \"cpp\", \"scope\": {\"companies\": [" + of_person(0, "company_id") +
                             "], \"schemes\": [\"afr\"]}}, \"people\": [{\"persnr\": \"" + of_person(0, "persnr") +
                             "\", \"first_name\": \"Kari\", \"last_name\": \"Held\"}]}";
    const auto stale = THROWN(finaut::stale_error, client.sync().status("{\"profile\": \"cpp\", \"max_age_h\": 26}"));
    check(stale, FINAUT_E_STALE, "stale");
    std::string busy;
    client.observe([&](const std::string &event) {
        if (busy.empty() && finaut::json_get(event, "/event") == "request") {
            const auto e = THROWN(finaut::busy_error, other.sync().run(args));
            check(e, FINAUT_E_BUSY, "busy");
            EXPECT(e.retry_after_s() > 9 && e.retry_after_s() < 11, e.json());
            busy = e.json();
        }
        return 0;
    });
    const auto held = THROWN(finaut::held_error, client.sync().run(args));
    check(held, FINAUT_E_HELD, "held");
    EXPECT(!busy.empty(), "there was a request");
    EXPECT(finaut::json_get(held.json(), "/rail") == "first_run" && finaut::json_get(held.json(), "/found") == "1", held.json());
    EXPECT(finaut::json_get(held.json(), "/limit") == "null" && finaut::json_get(held.json(), "/counts/held_new") == "1", held.json());
    const std::string plan = finaut::json_get(held.json(), "/plan");
    EXPECT(plan.find("p-") == 0 && held.message().find(plan) != std::string::npos, held.message());
}

// What a child does in which the library must not be used; it ends without the parent's destructors.
void in_a_bare_clone(const std::function<void()> &what)
{
    const pid_t child = static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr));
    if (child == 0) {
        what();
        _exit(0);
    }
    int status = 0;
    EXPECT(child > 0 && waitpid(child, &status, 0) == child && status == 0, "the child's status is " << status);
}

void forked()
{
    client client = client_with("");
    client.check();
    in_a_bare_clone([&client] {
        const auto e = THROWN(finaut::forked_error, client.check());
        EXPECT(e.number() == FINAUT_E_FORKED && e.code() == "forked", e.code());
        EXPECT(e.message().size() > 5 && e.message() == e.what(), e.message());
        EXPECT(THROWN(finaut::forked_error, client.interrupt()).number() == FINAUT_E_FORKED, "interrupt");
        EXPECT(THROWN(finaut::forked_error, client.observe(nullptr)).number() == FINAUT_E_FORKED, "observe");
        EXPECT(THROWN(finaut::forked_error, finaut::client("{}")).number() == FINAUT_E_FORKED, "another client");
        EXPECT(THROWN(finaut::forked_error, finaut::json_get("{}", "")).number() == FINAUT_E_FORKED, "json_get");
    });
}

void internal()
{
    const client client = client_with("");
    client.check();
    clock_is_broken = true;
    const auto e = THROWN(finaut::internal_error, client.check());
    clock_is_broken = false;
    check(e, FINAUT_E_INTERNAL, "internal");
    EXPECT(!client.check().empty(), "the client goes on working");
}

void a_code_newer_than_the_header_is_an_error_all_the_same()
{
    const auto e = THROWN(finaut::error, finaut::detail::received(99, nullptr));
    EXPECT(e.number() == 99 && e.code() == "unknown" && e.message().size() > 5 && typeid(e) == typeid(finaut::error), e.json());
}

void all_are_caught_as_one()
{
    const client client = client_with("");
    int caught = 0;
    try {
        client.users().get("{\"id\": 1}");
    } catch (const finaut::error &e) {
        caught += typeid(e) == typeid(finaut::not_found_error);
    }
    try {
        client.users().get("{\"id\": 1}");
    } catch (const std::exception &) {
        caught++;
    }
    EXPECT(caught == 2, caught);
}

void a_copy_says_the_same_after_the_original_has_gone()
{
    std::vector<finaut::error> kept;
    {
        const client client = client_with("");
        kept.push_back(THROWN(finaut::error, client.users().get("{\"id\": 1}")));
    }
    const finaut::error copy = kept[0];
    kept.clear();
    EXPECT(copy.code() == "not_found" && copy.operation() == "users.get" && copy.http_status() == 404, copy.json());
}

// A Norwegian host has a decimal comma and spaces between thousands.
class norwegian : public std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return ' '; }
    std::string do_grouping() const override { return "\3"; }
};

void numbers_are_read_whatever_the_locale()
{
    std::locale::global(std::locale(std::locale::classic(), new norwegian));
    // The C locale as well, where the machine has one with a comma.
    for (const char *name : {"nb_NO.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) != nullptr) {
            break;
        }
    }
    const finaut::throttled_error e(FINAUT_E_THROTTLED, "{\"retry_after_s\": 3599.125, \"http_status\": 429}");
    EXPECT(e.retry_after_s() == 3599.125 && e.http_status() == 429, e.retry_after_s() << " " << e.http_status());
    const auto zero = THROWN(finaut::argument_error, finaut::json_get(std::string(12345, 'x') + '\0', "/a"));
    EXPECT(zero.message().find("12345,") != std::string::npos, zero.message());
}

} // namespace

int main(int argc, char **argv)
{
    return run_tests(argc, argv,
                     {
                         TEST(argument),
                         TEST(handle),
                         TEST(config),
                         TEST(validation),
                         TEST(authentication),
                         TEST(permission),
                         TEST(not_found),
                         TEST(ambiguous),
                         TEST(throttled),
                         TEST(server),
                         TEST(network),
                         TEST(unknown_outcome),
                         TEST(protocol),
                         TEST(interrupted),
                         TEST(state),
                         TEST(held_stale_and_busy),
                         TEST(forked),
                         TEST(internal),
                         TEST(a_code_newer_than_the_header_is_an_error_all_the_same),
                         TEST(all_are_caught_as_one),
                         TEST(a_copy_says_the_same_after_the_original_has_gone),
                         TEST(numbers_are_read_whatever_the_locale),
                     });
}
