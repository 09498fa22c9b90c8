// Receivers: what comes in is an event, and they come and go in any order, moved or not, without and with their clients.
#include "harness.hpp"

#include <memory>
#include <type_traits>
#include <vector>

namespace {

using finaut::client;
using finaut::receiver;

static_assert(!std::is_copy_constructible<receiver>::value && !std::is_copy_assignable<receiver>::value,
              "a receiver has one owner");
static_assert(std::is_nothrow_move_constructible<receiver>::value && std::is_nothrow_move_assignable<receiver>::value &&
                  std::is_nothrow_destructible<receiver>::value,
              "and can live in a vector");
static_assert(!std::is_convertible<client, receiver>::value, "a client does not become a receiver by itself");

const char *const ANY_PORT = "{\"listen\": \"127.0.0.1:0\", \"open\": true}";

client client_in(const folder &folder)
{
    return client_with(", \"state\": \"" + folder.path + "/finaut.db\", \"inbox\": {\"verify\": \"none\"}");
}

int port_of(const receiver &receiver)
{
    return port_of(finaut::json_get(receiver.status(), "/address"));
}

// Posts a webhook; true if it was let in, false if nobody listens.
bool post(int port, const std::string &body)
{
    const std::string answer = exchange(port, "POST", "/finaut/webhook", body);
    EXPECT(answer.empty() || answer.compare(0, 12, "HTTP/1.1 200") == 0, answer);
    return !answer.empty();
}

// Takes the next event, which must be this one.
void expect_event(const client &client, const std::string &note)
{
    const std::string event = client.inbox().next("{\"wait_s\": 120}");
    EXPECT(finaut::json_get(event, "/object/note", "") == note, event);
    client.inbox().acknowledge("{\"event\": " + finaut::json_get(event, "/event") + "}");
}

void what_comes_in_is_an_event()
{
    const folder folder;
    const client client = client_in(folder);
    const receiver receiver(client, ANY_PORT);
    EXPECT(finaut::json_get(receiver.status(), "/urls/0").find("/finaut/webhook") != std::string::npos, receiver.status());
    EXPECT(post(port_of(receiver), "{\"note\": \"blåbær \\\"🫐\\\"\"}"), "let in");
    expect_event(client, "blåbær \"🫐\"");
    EXPECT(finaut::json_get(receiver.status(), "/accepted") == "1", receiver.status());
    const std::string inbox = client.inbox().list();
    EXPECT(finaut::json_get(inbox, "/waiting") == "0" && finaut::json_get(inbox, "/acknowledged") == "1", inbox);
}

void a_receiver_goes_on_without_its_client()
{
    const folder folder;
    std::unique_ptr<client> first(new client(client_in(folder)));
    const receiver receiver(*first, ANY_PORT);
    first.reset();
    EXPECT(post(port_of(receiver), "{\"note\": \"later\"}"), "it listens");
    expect_event(client_in(folder), "later");
}

void receivers_may_go_in_any_order()
{
    const folder folder;
    const client client = client_in(folder);
    std::vector<receiver> many;
    std::vector<int> ports;
    for (int i = 0; i < 6; i++) {
        many.emplace_back(client, ANY_PORT);
        ports.push_back(port_of(many.back()));
    }
    std::swap(many[0], many[5]);
    many.erase(many.begin() + 2);
    many.erase(many.begin()); // the one that was last
    for (size_t i = 0; i < ports.size(); i++) {
        EXPECT(post(ports[i], "{\"note\": 1}") == (i != 2 && i != 5), "receiver " << i);
    }
    std::unique_ptr<receiver> moved_from(new receiver(std::move(many[0])));
    const receiver last = std::move(*moved_from);
    const int port = port_of(last);
    many.clear();
    moved_from.reset();
    EXPECT(post(port, "{\"note\": 1}"), "the last");
}

void use_after_move_is_an_error()
{
    const folder folder;
    const client client = client_in(folder);
    receiver first(client, ANY_PORT);
    const int port = port_of(first);
    receiver second = std::move(first);
    const auto e = THROWN(finaut::handle_error, first.status());
    EXPECT(e.message().find("moved from") != std::string::npos && e.code() == "handle", e.json());
    EXPECT(port_of(second) == port && post(port, "{\"note\": 1}"), "the one that it was moved to");
    first = std::move(second);
    EXPECT(port_of(first) == port, "and it may come back");
    receiver &itself = first;
    first = std::move(itself);
    EXPECT(port_of(first) == port && post(port, "{\"note\": 1}"), "or be moved to itself");
}

void assigning_stops_what_was_there()
{
    const folder folder;
    const client client = client_in(folder);
    receiver one(client, ANY_PORT);
    const int former = port_of(one);
    receiver another(client, ANY_PORT);
    one = std::move(another);
    EXPECT(post(port_of(one), "{\"note\": 1}"), "the new one");
    EXPECT(!post(former, "{}"), "nobody listens");
}

void a_receiver_that_cannot_start_is_an_exception()
{
    const folder folder;
    client one = client_in(folder);
    const receiver there(one, ANY_PORT);
    const std::string taken = finaut::json_get(there.status(), "/address");
    const auto e = THROWN(finaut::network_error, receiver(one, "{\"listen\": \"" + taken + "\", \"open\": true}"));
    EXPECT(e.message().find(taken) != std::string::npos, e.message());
    THROWN(finaut::argument_error, receiver(one, "["));
    THROWN(finaut::argument_error, receiver(one, std::string("{}\0{}", 5)));
    THROWN(finaut::config_error, receiver(one, "{\"listen\": \"nowhere\"}"));
    const client without_state = client_with("");
    EXPECT(THROWN(finaut::config_error, receiver(without_state, ANY_PORT)).message().find("state") != std::string::npos, "why");
    const client moved = std::move(one);
    THROWN(finaut::handle_error, receiver(one, ANY_PORT));
    EXPECT(post(port_of(there), "{\"note\": 1}"), "none of that was this receiver");
}

void the_program_may_end_with_a_receiver_at_work()
{
    const folder folder;
    static std::unique_ptr<receiver> until_the_end;
    until_the_end.reset(new receiver(client_in(folder), ANY_PORT));
    EXPECT(post(port_of(*until_the_end), "{\"note\": 1}"), "it listens");
}

} // namespace

int main(int argc, char **argv)
{
    return run_tests(argc, argv,
                     {
                         TEST(what_comes_in_is_an_event),
                         TEST(a_receiver_goes_on_without_its_client),
                         TEST(receivers_may_go_in_any_order),
                         TEST(use_after_move_is_an_error),
                         TEST(assigning_stops_what_was_there),
                         TEST(a_receiver_that_cannot_start_is_an_exception),
                         TEST(the_program_may_end_with_a_receiver_at_work),
                     });
}
