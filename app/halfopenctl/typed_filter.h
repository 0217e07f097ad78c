// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen::ctl {

/// A FILTER as it was typed, with the services of this machine; its hosts are resolved as ss resolves them, by the
/// system's resolver, which may take as long as that likes.
class TypedFilter {
public:
    explicit TypedFilter(std::string text);

    const Filter& filter() const { return m_filter; }
    /// Where it is wrong, says on stderr what is, and where, under the filter itself. @return 0, or the exit code
    int check(bool json) const;
    /// Where the kernel would not tell what the filter asks it for, says why. @return 0, or the exit code
    static int checkAnswers(const Frame& frame, bool json);
    static const Error* unanswered(const Frame& frame); ///< the same reason; nullptr: none
    void putInto(Query& query) const;
    bool hasHints(const Frame& frame) const;
    /// What no connection has, or what is not known yet, a sentence each.
    std::vector<Sentence> hints(const Frame& frame) const;
    /// What it asks for that the frame, being the first, knows of no row; nullopt: nothing. "not" makes all of it.
    std::optional<Sentence> notKnown(const Frame& frame) const;
    /// Says on stderr what no connection has, and how an "or" without parentheses was read.
    void tellHints(const Frame& frame) const;
    /// The same where more samples follow, which know more.
    void tellFirstHints(const Frame& frame) const;

private:
    void tellAmbiguity() const;
    void underline(std::size_t from, std::size_t to) const;

    std::string m_text;
    std::shared_ptr<FilterNames> m_names;
    Filter m_filter;
};

} // namespace halfopen::ctl
