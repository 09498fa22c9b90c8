// Results come back: an event loop in C++11 that receives FinAut's webhooks, or asks where nobody can reach it, and deals with
// each new result, status and link once; examples/c/inbox.c is the same in C. Stop it with Ctrl-C; what it has not acknowledged
// comes again.
//
//   g++ -std=c++11 inbox.cpp $(pkg-config --cflags --libs finaut) -o inbox      (with an installed package; the README says how in a clone)
//   FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… WEBHOOK_SECRET=… ./inbox STATE_FILE 127.0.0.1:8780 [EVENTS]
//   … ./inbox STATE_FILE poll [EVENTS]
//
// WEBHOOK_SECRET: the end of the address that webhooks come to, as http://127.0.0.1:8780/finaut/webhook/SECRET; make it with
// openssl rand -hex 16.
// EVENTS: ends after so many.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include <finaut.hpp>

namespace {

// How often to ask where no webhook comes, and how long to leave alone what has just failed.
const char *const next_args = "{\"wait_s\": 900}";
const int after_trouble_s = 15;

// A signal handler may not call the library. It leaves word, and the observer passes it on.
volatile std::sig_atomic_t stop = 0;

extern "C" void on_signal(int)
{
    stop = 1;
}

// What a real system does: store it, in one transaction with whatever else depends on it. False: not done, let it come again.
bool deal_with(const std::string &event)
{
    std::cout << "Event " << finaut::json_get(event, "/event") << ": " << finaut::json_get(event, "/kind")
              << ", verified: " << finaut::json_get(event, "/verified");
    const char *const shown[][2] = {{", status ", "/object/status"},
                                    {" in ", "/object/appname"},
                                    {", exam ", "/object/exam_name"},
                                    {", passed: ", "/object/passed"},
                                    {", linked ", "/object/ext_user_id"}};
    for (const auto &part : shown) {
        const std::string value = finaut::json_get(event, part[1], "");
        if (!value.empty()) {
            std::cout << part[0] << value;
        }
    }
    std::cout << "." << std::endl;
    return true;
}

// What may be gone the next time. Anything else needs somebody to mend it.
bool is_temporary(const finaut::error &e)
{
    switch (e.number()) {
    case FINAUT_E_THROTTLED:
    case FINAUT_E_SERVER:
    case FINAUT_E_NETWORK:
    case FINAUT_E_PROTOCOL:
    case FINAUT_E_STATE: // a full disk, a locked file
        return true;
    default:
        return false;
    }
}

// Deals with what is there, and waits for more; returns when none came in time. Gives how many events are left to deal with.
long deal_with_all(const finaut::client &client, long left)
{
    std::string event;

    while (!stop && left != 0 && (event = client.inbox().next(next_args)) != "null") {
        if (deal_with(event)) {
            client.inbox().acknowledge(finaut::json_set("{}", "/event", finaut::json_get(event, "/event")));
            left -= left > 0;
        }
    }
    return left;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::cerr << "Usage: " << argv[0] << " STATE_FILE 127.0.0.1:8780|poll [EVENTS]\n";
        return 2;
    }
    const bool polls = std::string(argv[2]) == "poll";
    long left = argc > 3 ? std::atol(argv[3]) : -1;
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    try {
        std::string config = finaut::json_set("{}", "/state", argv[1]);
        if (const char *const secret = std::getenv("WEBHOOK_SECRET")) {
            config = finaut::json_set(config, "/inbox/path_secret", secret);
        }
        finaut::client client(config);
        client.observe([](const std::string &) { return static_cast<int>(stop); });
        std::unique_ptr<finaut::receiver> receiver; // stops listening when it goes, whichever way we leave
        if (!polls) {
            receiver.reset(new finaut::receiver(client, finaut::json_set("{}", "/listen", argv[2])));
            std::cout << "Listening: " << finaut::json_get(receiver->status(), "/urls") << std::endl;
        }
        while (!stop && left != 0) {
            try {
                if (polls) {
                    client.inbox().poll();
                }
                left = deal_with_all(client, left);
            } catch (const finaut::interrupted_error &) {
                // Ctrl-C.
            } catch (const finaut::error &e) {
                if (!is_temporary(e)) {
                    throw;
                }
                std::cerr << e.message() << std::endl;
                for (int waited = 0; waited < after_trouble_s && !stop; waited++) {
                    std::this_thread::sleep_for(std::chrono::seconds(1));
                }
            }
        }
    } catch (const finaut::error &e) {
        std::cerr << e.message() << std::endl;
        return 1;
    }
    return 0;
}
