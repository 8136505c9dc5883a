// Crossings of a graph ("nodes edges", then "source target" for each edge) by OGDF's Sugiyama layout:
// optimal ranks, barycentre, transposition, 15 runs. Prints crossings and processor seconds.
#include <ogdf/basic/Graph.h>
#include <ogdf/basic/GraphAttributes.h>
#include <ogdf/layered/BarycenterHeuristic.h>
#include <ogdf/layered/FastSimpleHierarchyLayout.h>
#include <ogdf/layered/OptimalRanking.h>
#include <ogdf/layered/SugiyamaLayout.h>

#include <ctime>
#include <iostream>
#include <vector>

int main() {
  int nodes, edges;
  std::cin >> nodes >> edges;
  ogdf::Graph graph;
  std::vector<ogdf::node> made;
  for (int node = 0; node < nodes; node++) made.push_back(graph.newNode());
  for (int edge = 0, source, target; edge < edges; edge++) {
    std::cin >> source >> target;
    graph.newEdge(made[source], made[target]);
  }
  ogdf::setSeed(1);
  ogdf::GraphAttributes attributes(graph, ogdf::GraphAttributes::nodeGraphics | ogdf::GraphAttributes::edgeGraphics);
  const std::clock_t start = std::clock();
  ogdf::SugiyamaLayout layout;
  layout.setRanking(new ogdf::OptimalRanking);
  layout.setCrossMin(new ogdf::BarycenterHeuristic);
  layout.setLayout(new ogdf::FastSimpleHierarchyLayout);
  layout.runs(15);
  layout.transpose(true);
  layout.call(attributes);
  std::cout << layout.numberOfCrossings() << " " << double(std::clock() - start) / CLOCKS_PER_SEC << std::endl;
}
