// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/kernel_fact.h"
#include "core/model/row.h"
#include "core/query/filter_error.h"
#include "core/query/filter_names.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

namespace filter {
struct FilterTree;
}

/// The services that everybody knows, and nothing else.
const FilterNames& usualNames();

/// A filter in Halfopen's language: what `ss` takes (man ss, STATE-FILTER and EXPRESSION), key:value, comparisons, and
/// plain words, all of which must match. halfopenctl(1), FILTERS, has all of it; core/query/filter_parser.h the
/// grammar. Immutable; copies share what was parsed.
class Filter {
public:
    Filter() = default; ///< everything matches
    /// Where the text is wrong, error() says so, and nothing matches.
    explicit Filter(std::string_view text, const FilterNames& names = usualNames());

    bool empty() const { return !m_tree && !m_error; }
    /// nullptr: none
    const FilterError* error() const { return m_error.get(); }
    /// What has to be asked of the kernel with each sample (Frame::kernelAnswers).
    const std::vector<KernelQuestion>& questions() const;
    /// Where in the text an "and" follows an "or" without parentheses; nullptr: nowhere. From there on ss, and so
    /// Halfopen, reads from the left, where others would take the "and" first.
    const FilterError* ambiguity() const { return m_ambiguity.get(); }

    /// For one row; FilterRun is for many.
    bool matches(const Row& row, const Frame& frame) const;

    const filter::FilterTree* tree() const {
        return m_tree.get();
    } ///< nullptr: nothing was asked, or there is an error

private:
    std::shared_ptr<const filter::FilterTree> m_tree;
    std::shared_ptr<const FilterError> m_error;
    std::shared_ptr<const FilterError> m_ambiguity;
};

/// Whether it asks for namespaces or containers by name, and so for rows wherever they are.
bool namesNetns(const Filter& filter);
/// Which namespace of a frame is in view for a query, as the one that it was made for says (Frame::inViewIndex);
/// nullopt: all are. @param filter  filterOf(query)
std::optional<std::uint16_t> netnsInView(const Frame& frame, const Query& query, const Filter& filter);

/// What the words of a query may mean.
const FilterNames& namesOf(const Query& query);
Filter filterOf(const Query& query);

/// Whether a quick button lets a row through.
bool matches(QuickFilter quick, const Row& row);

} // namespace halfopen
