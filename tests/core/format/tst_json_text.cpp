// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON text byte by byte: what a streaming writer prints is what a tree of values printed.
#include "core/format/json.h"
#include "core/text/json_writer.h"
#include "tests/core/format/golden_frame.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <random>
#include <sstream>

namespace halfopen {
namespace {

using Json = nlohmann::ordered_json;

std::string golden(const char* name) {
    std::ifstream file(std::string(HALFOPEN_GOLDEN "/") + name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Without the members of objects that the old text does not have: new keys may come, at any depth.
Json onlyWhatWas(const Json& now, const Json& was) {
    if (was.is_array() && now.is_array()) {
        Json list = Json::array();
        for (std::size_t i = 0; i < now.size(); ++i)
            list.push_back(i < was.size() ? onlyWhatWas(now[i], was[i]) : now[i]);
        return list;
    }
    if (!was.is_object() || !now.is_object())
        return now;
    Json object = Json::object();
    for (const auto& [key, value] : now.items())
        if (was.contains(key))
            object[key] = onlyWhatWas(value, was[key]);
    return object;
}

/// Keys, order and content as they were; and the text around them as well.
void expectTheSame(const std::string& now, const std::string& was) {
    ASSERT_FALSE(was.empty());
    const Json parsed = Json::parse(now);
    EXPECT_EQ(dump(onlyWhatWas(parsed, Json::parse(was))), dump(Json::parse(was)));
    std::string onOneLine = now;
    std::erase(onOneLine, '\n');
    EXPECT_EQ(onOneLine, dump(parsed)) << "no blank, escape or number is written in another way";
    EXPECT_EQ(std::ranges::count(now, '\n'), std::ranges::count(was, '\n'));
    EXPECT_EQ(now.substr(now.rfind('\n', now.size() - 2)), was.substr(was.rfind('\n', was.size() - 2)));
}

Output into(std::string& text) {
    return [&text](std::string_view piece) {
        text += piece;
        return true;
    };
}

TEST(JsonText, aListIsWhatItWas) {
    std::string text;
    ASSERT_TRUE(writeFrameJson(test::goldenFrame(), {"here", "6.18.44"}, into(text)));
    expectTheSame(text, golden("list.json"));
}

TEST(JsonText, aSampleIsWhatItWas) {
    std::string text;
    ASSERT_TRUE(writeSampleJson(test::goldenFrame(), {"here", "6.18.44"}, into(text)));
    const Json now = Json::parse(text);
    const Json was = Json::parse(golden("sample.json"));
    EXPECT_EQ(dump(onlyWhatWas(now, was)), dump(was));
}

TEST(JsonText, oneConnectionIsTheLineOfTheList) {
    const Frame frame = test::goldenFrame();
    std::string text;
    ASSERT_TRUE(writeFrameJson(frame, {"here", "6.18.44"}, into(text)));
    for (const Row& row : frame.rows)
        EXPECT_NE(text.find("\n" + connectionJson(row, frame)), std::string::npos);
}

TEST(JsonText, longListsKeepTheirOrder) {
    constexpr std::uint64_t kRows = 5000; // several portions
    std::vector<test::Scripted> rows;
    for (std::uint64_t cookie = 1; cookie <= kRows; ++cookie)
        rows.push_back(test::owned(cookie));
    std::string text;
    ASSERT_TRUE(writeFrameJson(test::makeFrame(std::move(rows)), {}, into(text)));
    const Json json = Json::parse(text);
    ASSERT_EQ(json["connections"].size(), kRows);
    for (std::uint64_t cookie = 1; cookie <= kRows; ++cookie)
        ASSERT_EQ(json["connections"][cookie - 1]["inode"], 1000 + cookie);
}

TEST(JsonText, anEmptyListIsOne) {
    std::string text;
    ASSERT_TRUE(writeFrameJson(test::makeFrame({}), {}, into(text)));
    EXPECT_NE(text.find("\"connections\":[\n],\"held\":[]"), std::string::npos);
}

TEST(JsonWriter, stringsAreThoseOfTheTreesPrinter) {
    std::mt19937 random(20); // any seed: the two must always agree
    constexpr std::string_view kPieces[] = {"a",
                                            "\"",
                                            "\\",
                                            "\n",
                                            "\t",
                                            "\b",
                                            "\f",
                                            "\r",
                                            "\x01",
                                            "\x1f",
                                            "\xc3\xa9",
                                            "\xe6\x97\xa5",
                                            "\xf0\x9f\x90\xa7",
                                            "\xff",
                                            "\xc3",
                                            "\xe6\x97",
                                            "\xed\xa0\x80",
                                            "\xf4\x90",
                                            "\xc0\xaf",
                                            "\xf0\x9f",
                                            "/",
                                            "\x80"};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto pieces = random() % 8; pieces > 0; --pieces)
            text += kPieces[random() % std::size(kPieces)];
        JsonWriter json;
        json.element(text);
        ASSERT_EQ(json.text(), dump(Json(text)));
    }
}

TEST(JsonWriter, whatATerminalWouldObeyIsEscapedAndStaysTheContent) {
    const std::string tricks = "\x7f\xc2\x9b"
                               "31m\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf\xf3\xa0\x80\x81";
    JsonWriter json;
    json.element(tricks);
    EXPECT_EQ(json.text(), R"("\u007f\u009b31m\u202e\u200b\ufeff\udb40\udc01")");
    EXPECT_EQ(Json::parse(json.text()).get<std::string>(), tricks);
    EXPECT_EQ(withoutTricks(dump(Json(tricks))), json.text());
}

TEST(JsonWriter, numbersOfEveryWidthAreNumbers) {
    JsonWriter json;
    json.object([&] {
        json.put("least", std::numeric_limits<std::int64_t>::min());
        json.put("most", std::numeric_limits<std::uint64_t>::max());
        json.put("byte", std::uint8_t{200});
        json.put("no", false);
        json.putIf("none", false, 5);
        json.putHex("hex", 0x1d2);
        json.array("list", [&] { json.element(1), json.element("two"); });
    });
    EXPECT_EQ(json.text(), R"({"least":-9223372036854775808,"most":18446744073709551615,"byte":200,"no":false,)"
                           R"("none":null,"hex":"0x1d2","list":[1,"two"]})");
}

} // namespace
} // namespace halfopen
