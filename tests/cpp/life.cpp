// Life and death of clients: moving, disposing in any order and at any time, many threads, observers, interrupts, the program's
// end.
#include "harness.hpp"
#include "other_unit.hpp"

#include <atomic>
#include <memory>
#include <type_traits>
#include <vector>

namespace {

using finaut::client;

const char *const SOMEBODY = "{\"id\": 590001}";

static_assert(!std::is_copy_constructible<client>::value && !std::is_copy_assignable<client>::value, "a client has one owner");
static_assert(std::is_nothrow_move_constructible<client>::value && std::is_nothrow_move_assignable<client>::value &&
                  std::is_nothrow_destructible<client>::value,
              "and can live in a vector");
static_assert(!std::is_convertible<std::string, client>::value, "a string does not become a client by itself");

bool works(const client &client)
{
    return !client.users().get(SOMEBODY).empty();
}

// Takes the one slot there is, so that the next call waits.
client waiting_client()
{
    client client = client_with(ONE_AN_HOUR);
    client.check();
    return client;
}

bool is_wait(const std::string &event)
{
    return finaut::json_get(event, "/event") == "wait";
}

template <typename Number> void until_at_least(const std::atomic<Number> &count, Number wanted)
{
    while (count < wanted) {
        sleep_ms(2);
    }
}

void use_after_move_is_an_error()
{
    client first = client_with("");
    const auto users = first.users();
    client second = std::move(first);
    const std::function<void()> uses[] = {
        [&] { first.users().get(SOMEBODY); },  [&] { first.budget(); },
        [&] { first.call("users.get", "{}"); }, [&] { first.interrupt(); },
        [&] { first.observe([](const std::string &) { return 0; }); },
        [&] { first.observe(nullptr); },
    };
    for (const auto &use : uses) {
        const auto e = THROWN(finaut::handle_error, use());
        EXPECT(e.message().find("moved from") != std::string::npos && e.code() == "handle", e.json());
    }
    EXPECT(works(second) && !users.get(SOMEBODY).empty(), "what was taken before goes on");
    first = std::move(second);
    EXPECT(works(first), "and a client may come back");
    client &itself = first;
    first = std::move(itself);
    EXPECT(works(first), "or be moved to itself");
}

void assigning_frees_what_was_there()
{
    client one = client_with("");
    const auto users = one.users();
    one = client_with("");
    EXPECT(works(one), "the new one");
    THROWN(finaut::handle_error, users.get(SOMEBODY));
}

void a_group_that_outlives_its_client_is_an_error()
{
    const auto users = client_with("").users();
    const auto e = THROWN(finaut::handle_error, users.get(SOMEBODY));
    EXPECT(e.number() == FINAUT_E_HANDLE && !e.message().empty(), e.json());
}

void clients_may_go_in_any_order()
{
    std::vector<client> many;
    for (int i = 0; i < 20; i++) {
        many.push_back(client_with(""));
    }
    std::swap(many[3], many[17]);
    many.erase(many.begin() + 5);
    many.erase(many.begin(), many.begin() + 4);
    for (const client &one : many) {
        EXPECT(works(one), "those that are left");
    }
    std::unique_ptr<client> moved_from(new client(std::move(many[0])));
    client last = std::move(*moved_from);
    many.clear();
    moved_from.reset(); // the same client a second time, so to say
    EXPECT(works(last), "the last");
}

void a_client_that_cannot_be_made_leaves_nothing_behind()
{
    for (int i = 0; i < 10; i++) {
        THROWN(finaut::config_error, client("{\"speed\": 1}"));
    }
}

// Made before main, used and destroyed after it.
struct used_at_exit {
    std::unique_ptr<client> its;
    used_at_exit() : its() {}
    ~used_at_exit()
    {
        if (!its) {
            return;
        }
        EXPECT(!its->budget().empty(), "in a destructor after main");
        try {
            works(*its);
        } catch (const finaut::error &) {
            // So late a request may be refused, but neither crash nor hang.
        }
        its.reset();
        _exit(42); // it was here
    }
};
used_at_exit at_exit;

void clients_serve_until_the_very_end_of_the_program()
{
    const pid_t child = fork();
    if (child == 0) {
        static client in_a_function = client_with("");
        at_exit.its.reset(new client(client_with("")));
        EXPECT(works(in_a_function) && works(*at_exit.its), "before the end");
        std::exit(0);
    }
    int status = 0;
    EXPECT(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 42, "status " << status);
}

void the_program_may_end_at_any_moment()
{
    for (int round = 0; round < few(20, 3); round++) {
        const pid_t child = fork();
        if (child == 0) {
            static const client shared = client_with("");
            alarm(600);
            for (int i = 0; i < 8; i++) {
                const auto users = shared.users();
                std::thread([users] {
                    try {
                        for (;;) {
                            users.get(SOMEBODY);
                        }
                    } catch (const finaut::handle_error &) {
                        // the static client was destroyed under it
                        for (;;) {
                            pause();
                        }
                    }
                }).detach();
            }
            sleep_ms(round * 3);
            std::exit(17);
        }
        int status = 0;
        EXPECT(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 17, "status " << status);
    }
}

void eight_threads_share_one_client()
{
    const client client = client_with("");
    const long tokens = counted("token_requests");
    std::atomic<int> right(0);
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; t++) {
        threads.emplace_back([&client, &right, t] {
            for (int i = 0; i < few(100, 5); i++) {
                const std::string id = std::to_string(590001 + (t + i) % 8);
                const std::string user = client.users().get("{\"id\": " + id + "}");
                right += finaut::json_get(user, "/id").find("/" + id + "/") != std::string::npos;
                right += THROWN(finaut::not_found_error, client.users().get("{\"id\": 1}")).operation() == "users.get";
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT(right == 8 * 2 * few(100, 5), right);
    EXPECT(counted("token_requests") == tokens + 1, "one token serves them all");
}

void a_client_destroyed_under_calls_lets_them_end()
{
    for (int round = 0; round < few(20, 3); round++) {
        std::unique_ptr<client> one(new client(client_with("")));
        const auto told = std::make_shared<std::atomic<int>>(0);
        const std::weak_ptr<std::atomic<int>> still_there = told;
        std::atomic<int> ended(0);
        std::vector<std::thread> threads;
        {
            const std::shared_ptr<std::atomic<int>> kept = told;
            one->observe([kept](const std::string &) {
                ++*kept;
                return 0;
            });
        }
        for (int t = 0; t < 8; t++) {
            const auto users = one->users();
            threads.emplace_back([users, &ended] {
                try {
                    for (;;) {
                        users.get(SOMEBODY);
                    }
                } catch (const finaut::handle_error &) {
                    ended++;
                }
            });
        }
        until_at_least(*told, 5 + round);
        one.reset();
        for (std::thread &thread : threads) {
            thread.join();
        }
        EXPECT(ended == 8, ended);
        EXPECT(still_there.use_count() == 1, "the observer was kept as long as it was needed, and no longer");
    }
}

void interrupting_from_another_thread_ends_a_wait()
{
    client one = waiting_client();
    std::atomic<int> waits(0);
    one.observe([&waits](const std::string &event) {
        waits += is_wait(event);
        return 0;
    });
    std::thread other([&] {
        until_at_least(waits, 2);
        one.interrupt();
    });
    const auto e = THROWN(finaut::interrupted_error, one.check());
    EXPECT(e.operation() == "check", e.json());
    other.join();
    EXPECT(!one.budget().empty(), "later calls are not affected");
}

void an_observer_stops_a_call()
{
    client one = waiting_client();
    int waits = 0;
    one.observe([&waits](const std::string &event) { return is_wait(event) && ++waits == 2 ? -1 : 0; });
    THROWN(finaut::interrupted_error, one.check());
    EXPECT(waits == 2, waits);
    one.observe(nullptr);
    THROWN(finaut::throttled_error, one.check("{\"max_wait_s\": 0}"));
    EXPECT(waits == 2, "nobody is told any more");
}

// No exception of the standard library's, so that nobody can mistake it for one of ours.
struct enough {
    int events;
};

int events_until(const client &one, const std::string &args)
{
    try {
        one.users().get(args);
    } catch (const enough &e) {
        return e.events;
    }
    return 0;
}

void what_an_observer_throws_comes_out_of_the_call()
{
    client one = client_with("");
    int events = 0;
    one.observe([&events](const std::string &) -> int {
        events++;
        throw enough{events};
    });
    EXPECT(events_until(one, SOMEBODY) == 1 && events == 1, "the first one, and nothing is told after it: " << events);
    events = 0;
    one.observe([&events](const std::string &) -> int {
        throw std::out_of_range("from the observer, event " + std::to_string(++events));
    });
    const auto e = THROWN(std::out_of_range, one.check());
    EXPECT(std::string(e.what()) == "from the observer, event 1", e.what());
    one.observe([](const std::string &) -> int { throw 7; });
    int caught = 0;
    try {
        one.check();
    } catch (int number) {
        caught = number;
    }
    EXPECT(caught == 7, caught);
    one.observe(nullptr);
    EXPECT(works(one), "the client goes on working");
}

void each_thread_gets_the_exception_of_its_own_call()
{
    client one = client_with("");
    one.observe([](const std::string &) -> int { throw std::this_thread::get_id(); });
    std::atomic<int> right(0);
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; t++) {
        threads.emplace_back([&] {
            for (int i = 0; i < few(50, 3); i++) {
                try {
                    one.check();
                } catch (const std::thread::id &thread) {
                    right += thread == std::this_thread::get_id();
                }
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT(right == 8 * few(50, 3), right);
}

void a_change_that_went_through_has_happened_whatever_the_observer_throws()
{
    client one = client_with("");
    one.check();
    int told = 0;
    one.observe([&told](const std::string &event) -> int {
        if (is_wait(event)) {
            throw enough{++told};
        }
        return 0;
    });
    fault("{\"kind\": \"delay\", \"method\": \"PATCH\", \"path\": \"user/\", \"delay_before_ms\": 3000}");
    int thrown = 0;
    try {
        one.users().update("{\"id\": 590001, \"changes\": {\"mobile\": \"99887766\"}}");
    } catch (const enough &e) {
        thrown = e.events;
    }
    one.observe(nullptr);
    EXPECT(thrown == 1 && told == 1, "nothing more is told while the change is finished: " << told);
    EXPECT(finaut::json_get(one.users().get(SOMEBODY), "/mobile") == "99887766", "the library's own rule");
}

// Calls of another client inside the observer of one, with observers of their own: each exception belongs to its own call.
void observers_may_call_and_throw_at_any_depth()
{
    client outer = client_with("");
    client inner = client_with("");
    int caught_inside = 0;
    bool throws = false;
    inner.observe([](const std::string &) -> int { throw enough{5}; });
    outer.observe([&](const std::string &) -> int {
        if (throws) {
            inner.check(); // its exception goes on through this observer
        }
        caught_inside += events_until(inner, SOMEBODY) == 5;
        outer.observe(nullptr); // in the midst of being told
        return 0;
    });
    EXPECT(works(outer) && caught_inside == 1, caught_inside);
    throws = true;
    outer.observe([&](const std::string &) -> int { return inner.check().empty(); });
    EXPECT(events_until(outer, SOMEBODY) == 5, "from the inner call through the outer one");
    client third = client_with(ONE_AN_HOUR); // which the calls before have used up: one account has one throttle
    int waits = 0;
    third.observe([&](const std::string &event) -> int {
        if (is_wait(event) && ++waits == 2) {
            throw enough{6};
        }
        return events_until(inner, SOMEBODY) == 5 ? 0 : 1;
    });
    EXPECT(events_until(third, SOMEBODY) == 6, "its own, after inner calls have ended");
}

void an_observer_may_replace_itself_and_destroy_its_client()
{
    std::unique_ptr<client> one(new client(client_with("")));
    // What its former observer holds uses the client when it is destroyed.
    struct last_words {
        client *its;
        ~last_words() { its->observe(nullptr); }
    };
    one->observe(std::bind([](const std::shared_ptr<last_words> &) { return 0; },
                           std::shared_ptr<last_words>(new last_words{one.get()})));
    one->observe(nullptr);
    int told = 0;
    one->observe([&](const std::string &) {
        told++;
        one->observe([&](const std::string &) {
            told += 100;
            one.reset();
            return 0;
        });
        return 0;
    });
    EXPECT(!one->check().empty() && told == 101 && !one, told);
}

void exceptions_and_observers_cross_translation_units()
{
    EXPECT(other_unit::version() == static_cast<std::string (*)()>(finaut::version), "one function");
    client one = other_unit::made(config_with(""));
    EXPECT(THROWN(finaut::not_found_error, other_unit::user(one, "{\"id\": 1}")).code() == "not_found", "one class");
    one.observe([](const std::string &) -> int { throw enough{9}; });
    int caught = 0;
    try {
        other_unit::user(one, SOMEBODY);
    } catch (const enough &e) {
        caught = e.events;
    }
    EXPECT(caught == 9, caught);
}

} // namespace

int main(int argc, char **argv)
{
    return run_tests(argc, argv,
                     {
                         TEST(use_after_move_is_an_error),
                         TEST(assigning_frees_what_was_there),
                         TEST(a_group_that_outlives_its_client_is_an_error),
                         TEST(clients_may_go_in_any_order),
                         TEST(a_client_that_cannot_be_made_leaves_nothing_behind),
                         TEST(clients_serve_until_the_very_end_of_the_program),
                         TEST(the_program_may_end_at_any_moment),
                         TEST(eight_threads_share_one_client),
                         TEST(a_client_destroyed_under_calls_lets_them_end),
                         TEST(interrupting_from_another_thread_ends_a_wait),
                         TEST(an_observer_stops_a_call),
                         TEST(what_an_observer_throws_comes_out_of_the_call),
                         TEST(each_thread_gets_the_exception_of_its_own_call),
                         TEST(a_change_that_went_through_has_happened_whatever_the_observer_throws),
                         TEST(observers_may_call_and_throw_at_any_depth),
                         TEST(an_observer_may_replace_itself_and_destroy_its_client),
                         TEST(exceptions_and_observers_cross_translation_units),
                     });
}
