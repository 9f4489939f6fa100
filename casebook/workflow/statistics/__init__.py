"""How far graders agree, and which pass mark they or judges propose."""
