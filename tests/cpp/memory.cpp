// Memory: what calls, good and bad, take is given back. As a test it watches the process's size over many calls; with a number
// as its argument it makes so many rounds of calls and ends, for valgrind to count what is left.
#include "harness.hpp"

namespace {

// Slots are freed after a moment, so that the throttle's log is the same size all the time.
const char *const SHORT_WINDOW = ", \"throttle\": {\"requests\": 1000, \"per_s\": 0.1}, \"max_wait_s\": 100";

// Of all that a host does, a little: 20 calls that succeed and fail, JSON, errors, observers, clients that come and go.
void round_of_calls(finaut::client &client)
{
    static const char *const CALLS[][2] = {
        {"users.get", "{\"id\": 590001}"},
        {"users.get", "{\"id\": 1}"},
        {"users.get", "{\"employee_alias\": \"ANS-00006\"}"},
        {"users.update", "{\"id\": 590001, \"changes\": {\"mobile\": \"91234567\"}}"},
        {"userstatus.create", "{\"appname\": \"zzz\", \"user\": 590001, \"status\": \"hvilende\"}"},
        {"departments.list", "{}"},
        {"budget", "{\"requests\": 500}"},
        {"users.get", "{"},
        {"users.get", "{\"persnr\": \"123\"}"},
        {"nonsense", "{}"},
    };
    for (int pass = 0; pass < 2; pass++) {
        int events = 0;
        if (pass == 0) {
            client.observe([&events](const std::string &event) {
                events += static_cast<int>(event.size());
                return 0;
            });
        } else {
            client.observe([](const std::string &) -> int { throw std::runtime_error("the observer has enough"); });
        }
        for (const auto &call : CALLS) {
            try {
                const std::string reply = client.call(call[0], call[1]);
                finaut::json_set(reply, "/more", finaut::json_get(reply, "/id", "none"));
                for (const auto &member : finaut::json_members(reply)) {
                    finaut::json_set_json("{}", "/-", member.first.empty() ? "1" : "[]");
                }
            } catch (const finaut::error &e) {
                const finaut::error copy = e;
                finaut::json_get(copy.json(), "/message");
            } catch (const std::runtime_error &) {
                EXPECT(pass == 1, "only the throwing observer throws");
            }
        }
        client.observe(nullptr);
    }
    finaut::client another = client_with(", \"encoding\": \"windows-1252\"");
    const finaut::client moved = std::move(another);
    moved.users().get("{\"id\": 590002}");
    THROWN(finaut::handle_error, another.budget());
    THROWN(finaut::config_error, finaut::client("{\"host\": 1}"));
}

void rounds(int count)
{
    finaut::client client = client_with(SHORT_WINDOW);
    while (count-- > 0) {
        round_of_calls(client);
    }
}

// What the process takes of the machine's memory, in KiB.
long size_kib()
{
    long all = 0;
    long resident = 0;
    std::FILE *file = std::fopen("/proc/self/statm", "r");
    EXPECT(file != nullptr && std::fscanf(file, "%ld %ld", &all, &resident) == 2, "/proc/self/statm");
    std::fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

void ten_thousand_calls_leave_nothing_behind()
{
    const int count = few(500, 2); // rounds of 20 calls and some
    rounds(count / 5 + 1);
    // A leak shows every time; what the allocator keeps for later, or the system pages in late, does not.
    long grown = 0;
    for (int i = 0; i < 5; i++) {
        const long before = size_kib();
        rounds(count);
        grown = size_kib() - before;
        // 100 bytes a call would be 1000 KiB.
        if (grown < 700) {
            return;
        }
    }
    EXPECT(false, "each of 5 times the process grew, the last time by " << grown << " KiB");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::atoi(argv[1]) > 0) {
        rounds(std::atoi(argv[1]));
        return 0;
    }
    return run_tests(argc, argv, {TEST(ten_thousand_calls_leave_nothing_behind)});
}
