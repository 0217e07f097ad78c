// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a filter: it is read or it is told what is wrong, at a place that is in it; what was read can be asked
// of rows, and says the same for one row as for many.
#include "core/query/filter.h"
#include "core/query/filter_hints.h"
#include "core/query/filter_run.h"

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace halfopen;

void must(bool so) {
    if (!so)
        std::abort();
}

FilterNames someNames() {
    FilterNames names;
    names.words = {{"\u65e0\u4fdd\u6d3b", "unguarded"}};
    names.keys = {{"\u8bca\u65ad", "diagnosis"}};
    return names;
}

/// A few rows that have something of everything.
const Frame& someFrame() {
    static const Frame frame = [] {
        Frame made;
        auto owners = std::make_shared<OwnerTable>();
        for (std::uint8_t number = 0; number < 12; ++number) {
            Row row;
            row.connection.cookie = number + 1U;
            row.connection.inode = 100U + number;
            row.connection.state = static_cast<State>(number + 1);
            row.connection.inet6 = number % 3 == 0;
            row.connection.local = {IpAddress::v4({10, 0, 0, number}), static_cast<std::uint16_t>(number * 4000)};
            row.connection.remote = {*IpAddress::parse(number % 2 == 0 ? "2001:db8::9" : "fe80::b"), 443};
            row.diagnosis = static_cast<Diagnosis>(number % kDiagnosisCount);
            row.forecast.never = number % 4 == 0;
            (*owners)[row.connection.inode] = {{number, 3, "firefox", nullptr, nullptr}};
            made.rows.push_back(row);
        }
        made.owners = owners;
        return made;
    }();
    return frame;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const FilterNames names = someNames();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Filter filter(text, names);
    if (const FilterError* error = filter.error()) {
        must(error->from <= error->to && error->to <= text.size());
        must(!sentenceOf(*error).empty());
        must(!filter.matches(someFrame().rows.front(), someFrame()));
        return 0;
    }
    FilterRun run(filter, someFrame());
    for (const Row& row : someFrame().rows)
        must(run.matches(row) == filter.matches(row, someFrame()));
    for (const FilterHint& hint : hintsFor(filter, someFrame(), names))
        must(hint.from <= hint.to && hint.to <= text.size() && !sentenceOf(hint).empty());
    // Without quotation marks and parentheses, in full width either, it can be put into some.
    if (filter.tree() && text.find_first_of("\"'()\xe2\xef") == std::string_view::npos)
        must(!Filter("(" + std::string(text) + ")", names).error());
    return 0;
}
