// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_text.h"
#include "core/query/filter_values.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace halfopen::filter {

namespace {

std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> before(other.size() + 1);
    std::iota(before.begin(), before.end(), std::size_t{0});
    std::vector<std::size_t> twoBefore;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        std::vector<std::size_t> row{i};
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t changed = before[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            row.push_back(std::min({before[j] + 1, row[j - 1] + 1, changed}));
            // two letters in the wrong order count as one mistake
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = std::min(row[j], twoBefore[j - 2] + 1);
        }
        twoBefore = std::exchange(before, std::move(row));
    }
    return before.back();
}

} // namespace

std::string_view nearest(std::string_view typed, const std::vector<std::string_view>& words) {
    const std::size_t allowed = typed.size() < 3 ? 0 : typed.size() < 6 ? 1 : 2;
    std::string_view best;
    std::size_t least = allowed + 1;
    for (const std::string_view word : words) {
        const std::size_t more = std::max(word.size(), typed.size()) - std::min(word.size(), typed.size());
        if (more > least || word.empty())
            continue;
        const std::size_t far = distance(typed, lowerCase(word));
        // The first letter is seldom wrong.
        if (far < least ||
            (far == least && !best.empty() && best.front() != typed.front() && word.front() == typed.front())) {
            least = far;
            best = word;
        }
    }
    return best;
}

} // namespace halfopen::filter
