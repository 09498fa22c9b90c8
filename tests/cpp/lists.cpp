// Lists: ranges over JSON texts and over pages, as a C++ program goes through them.
#include "harness.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace {

using finaut::client;
using finaut::json_get;
using finaut::json_items;
using finaut::json_members;

const std::string LIST = "{\"count\": 4, \"results\": [1.50, \"K\xc3\xa5re \\\"\\u00e6\", [\"]\"], {\"a\": null}], \"none\": []}";

std::vector<std::string> all(json_items items)
{
    return std::vector<std::string>(items.begin(), items.end());
}

void a_loop_goes_through_a_list()
{
    std::string seen;
    for (const std::string &item : json_items(LIST, "/results")) {
        seen += item + "|";
    }
    EXPECT(seen == "1.50|K\xc3\xa5re \"\xc3\xa6|[\"]\"]|{\"a\": null}|", seen);
    for (const std::string &item : json_items(LIST, "/none")) {
        EXPECT(false, item);
    }
    EXPECT(all(json_items("{\"a\": 1, \"b\": \"two\"}")) == std::vector<std::string>({"1", "two"}), "an object's values");
}

void a_loop_goes_through_an_objects_members()
{
    std::string seen;
    for (const auto &member : json_members("{\"persnr\": [\"wrong\"], \"K\\u00e5re\": \"x\", \"\": 1}")) {
        seen += member.first + "=" + member.second + "|";
    }
    EXPECT(seen == "persnr=[\"wrong\"]|K\xc3\xa5re=x|=1|", seen);
    json_members list("[1]");
    THROWN(finaut::argument_error, list.begin());
}

void a_range_is_one_for_the_standard_library()
{
    json_items numbers("[3, 1, 2]");
    EXPECT(*std::max_element(numbers.begin(), numbers.end()) == "3", "an algorithm");
    json_items some("[1, 2, 3, 4]");
    json_items::iterator at = some.begin();
    EXPECT(*at++ == "1" && *at == "2" && at->size() == 1 && *++at == "3", *at);
    EXPECT(at != some.end() && ++at != some.end() && ++at == some.end() && ++at == some.end(), "the end stays the end");
}

void a_loop_that_is_left_is_gone_on_with()
{
    json_items items("[1, 2, 3]");
    for (const std::string &item : items) {
        EXPECT(item == "1", item);
        break;
    }
    EXPECT(all(std::move(items)) == std::vector<std::string>({"2", "3"}), "what is left");
}

void the_text_may_be_gone_before_the_range()
{
    std::string text = "[\"first\", \"second\"]";
    json_items items(text);
    text.assign(text.size(), 'x');
    EXPECT(all(std::move(items)) == std::vector<std::string>({"first", "second"}), "both");
}

void what_is_no_list_throws()
{
    THROWN(finaut::not_found_error, json_items(LIST, "/nothing"));
    THROWN(finaut::argument_error, json_items(LIST, "/count"));
    THROWN(finaut::argument_error, json_items("[1", ""));
    THROWN(finaut::argument_error, json_items("[1]", "x"));
    THROWN(finaut::argument_error, json_items(std::string("[1]\0", 4)));
    json_items items("[1, \"a\\u0000b\", 3]");
    json_items::iterator at = items.begin();
    THROWN(finaut::argument_error, ++at);
    EXPECT(*++at == "3", "it is passed over");
}

void items_are_counted_and_json_is_written()
{
    EXPECT(finaut::json_count(LIST, "/results") == 4 && finaut::json_count(LIST) == 3, "counted");
    THROWN(finaut::not_found_error, finaut::json_count(LIST, "/nothing"));
    THROWN(finaut::argument_error, finaut::json_count(LIST, "/count"));
    const std::string json = finaut::json_set_json(finaut::json_set_json("", "/rows/-", "{\"a\": 1.50}"), "/rows/-", "null");
    EXPECT(json == "{\"rows\":[{\"a\":1.50},null]}", json);
    THROWN(finaut::argument_error, finaut::json_set_json("{}", "/a", "text"));
}

// By pointers that count up this would take hours.
void a_hundred_thousand_rows_are_read()
{
    const int count = few(100000, 500);
    std::string json = "{\"results\": [";
    for (int row = 0; row < count; row++) {
        json += "{\"id\": " + std::to_string(row) + ", \"filler\": \"" + std::string(650, 'x') + "\"},";
    }
    json += "null]}";
    int row = 0;
    for (const std::string &person : json_items(json, "/results")) {
        if (row < count) {
            EXPECT(json_get(person, "/id") == std::to_string(row), person);
        }
        row++;
    }
    EXPECT(row == count + 1, row);
}

std::vector<std::string> ids_of(const std::string &list)
{
    std::vector<std::string> ids;
    for (const std::string &row : json_items(list, "/results")) {
        ids.push_back(json_get(row, "/id"));
    }
    return ids;
}

void pages_come_when_the_loop_wants_them()
{
    const client client = client_with("");
    const std::vector<std::string> everybody = ids_of(client.users().list());
    std::vector<std::string> seen;
    long pages = 0;
    for (const std::string &page : client.pages("users.list")) {
        const std::vector<std::string> ids = ids_of(page);
        seen.insert(seen.end(), ids.begin(), ids.end());
        pages++;
    }
    EXPECT(seen == everybody, seen.size() << " of " << everybody.size());
    EXPECT(pages > 2, pages);
    const long before = counted("requests");
    for (const std::string &page : client.pages("users.list", "{\"page\": 2}")) {
        EXPECT(ids_of(page).front() == everybody[100], page);
        break;
    }
    EXPECT(counted("requests") == before + 1, "one page is one request");
    THROWN(finaut::argument_error, client.pages("users.list", "{\"nonsense\": 1}").begin());
}

void each_page_of_a_listing_is_handed_over()
{
    const client client = client_with("");
    const std::vector<std::string> everybody = ids_of(client.users().list());
    std::vector<std::string> seen;
    long pages = 0;
    const std::string reply = client.each_page("users.list", "{}", [&](const std::string &page) {
        const std::vector<std::string> ids = ids_of(page);
        seen.insert(seen.end(), ids.begin(), ids.end());
        pages++;
        // The page's callback may call.
        EXPECT(!client.budget().empty(), "a call in between");
        return 0;
    });
    EXPECT(seen == everybody, seen.size() << " of " << everybody.size());
    EXPECT(json_get(reply, "/count") == std::to_string(everybody.size()), reply);
    EXPECT(json_get(reply, "/pages") == std::to_string(pages) && pages > 2, reply);
    EXPECT(json_get(reply, "/missing", "0") == "0", reply);
}

void a_reader_of_pages_ends_the_call_as_it_likes()
{
    const client client = client_with("");
    int pages = 0;
    THROWN(finaut::interrupted_error, client.each_page("users.list", "{}", [&](const std::string &) { return ++pages; }));
    EXPECT(pages == 1, pages);
    THROWN(std::out_of_range, client.each_page("users.list", "{}", [&](const std::string &) -> int {
        pages++;
        throw std::out_of_range("enough");
    }));
    EXPECT(pages == 2, pages);
    THROWN(finaut::argument_error, client.each_page("users.list", "{}", nullptr));
    const auto e = THROWN(finaut::argument_error, client.each_page("users.get", "{\"id\": 590001}", [](const std::string &) { return 0; }));
    EXPECT(e.message().find("users.list") != std::string::npos, e.message());
}

} // namespace

int main(int argc, char **argv)
{
    return run_tests(argc, argv,
                     {TEST(a_loop_goes_through_a_list), TEST(a_loop_goes_through_an_objects_members),
                      TEST(a_range_is_one_for_the_standard_library), TEST(a_loop_that_is_left_is_gone_on_with),
                      TEST(the_text_may_be_gone_before_the_range), TEST(what_is_no_list_throws),
                      TEST(items_are_counted_and_json_is_written), TEST(a_hundred_thousand_rows_are_read),
                      TEST(pages_come_when_the_loop_wants_them), TEST(each_page_of_a_listing_is_handed_over),
                      TEST(a_reader_of_pages_ends_the_call_as_it_likes)});
}
