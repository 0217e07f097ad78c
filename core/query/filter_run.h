// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter.h"
#include "core/query/filter_tests.h"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfopen {

/// A filter at work on the rows of one frame. What it finds out of a process it remembers, so a row allocates nothing.
/// One thread.
class FilterRun {
public:
    /// Both must outlive it.
    FilterRun(const Filter& filter, const Frame& frame);

    bool matches(const Row& row);
    /// Plain words find what this says as well; of whatever row is asked about at the time.
    void alsoFinds(std::function<bool(std::string_view word)> says) { m_also = std::move(says); }
    /// What one leaf of the tree says. @param test  into FilterTree::tests
    bool testMatches(std::size_t test, const Row& row);

private:
    // ss hands its expression to the kernel and evaluates it itself once more, and a socket has to pass both. They
    // differ on "autobound" alone: the kernel knows whether a program chose the port, ss goes by its number.
    enum class View : std::uint8_t { Kernel, Ports };
    using KnownProcesses = std::unordered_map<std::int32_t, bool>; ///< what is known of each

    bool evaluate(std::uint32_t node, const Row& row);
    bool test(std::uint32_t index, const Row& row);
    bool ask(std::uint32_t index, const filter::WordTest& word, const Row& row);
    bool ask(std::uint32_t index, const filter::TextTest& text, const Row& row);
    bool ask(const filter::HostTest& host, const Row& row) const;
    bool ask(const filter::DeviceTest& device, const Row& row) const;
    bool ask(const filter::PortOrPidTest& number, const Row& row);
    bool ask(const filter::KernelTest& kernel, const Row& row) const;
    bool wordInNames(std::uint32_t index, const filter::WordTest& word, const Row& row);
    bool wordInAddress(const filter::WordTest& word, const Row& row);
    const std::vector<Owner>& owners(const Row& row);
    bool hasPid(const Row& row, std::int64_t low, std::int64_t high);
    std::string_view written(const Endpoint& side, const Row& row);
    template <class Says>
    bool anyOwner(std::uint32_t index, const Row& row, const Says& says);

    const filter::FilterTree* m_tree;
    bool m_wrong;
    const Frame& m_frame;
    View m_view = View::Kernel;
    bool m_twice = false;
    std::vector<const KernelAnswer*> m_answers; ///< of FilterTree::questions; nullptr: nobody has asked
    std::vector<KnownProcesses> m_known;        ///< by test; empty where it asks no process
    const Row* m_ownedRow = nullptr;            ///< whose owners these are
    const std::vector<Owner>* m_owners = nullptr;
    std::function<bool(std::string_view)> m_also;
    std::string m_text; ///< of an address, kept for its memory
};

} // namespace halfopen
